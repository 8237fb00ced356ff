package org.cartulary.compliance.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataKeysTest {
    @TempDir
    private Path home;

    @Test
    void aKeyIsFoundAgainAfterARestart() {
        DataKey taken;
        try (DataKeys keys = DataKeys.open(home)) {
            taken = keys.take();
        }
        try (DataKeys keys = DataKeys.open(home)) {
            assertThat(keys.find(taken.id())).contains(taken.key());
        }
    }

    @Test
    void idsAreNeverGivenTwiceAcrossRestartsAndSegments() {
        Set<Long> ids = new HashSet<>();
        for (int restart = 0; restart < 3; restart++) {
            try (DataKeys keys = DataKeys.open(home)) {
                IntStream.range(0, 3000)
                        .forEach(i -> assertThat(ids.add(keys.take().id())).isTrue());
            }
        }
    }

    @Test
    void aDestroyedKeyIsGoneFromTheFileAndForEver() throws IOException {
        try (DataKeys keys = DataKeys.open(home)) {
            DataKey destroyed = keys.take();
            DataKey kept = keys.take();
            byte[] wrapped = Arrays.copyOf(Files.readAllBytes(home.resolve("keys/data/000000000.keys")), 60);
            keys.destroy(destroyed.id());

            assertThat(keys.find(destroyed.id())).isEmpty();
            assertThat(keys.find(kept.id())).contains(kept.key());
            String file = Files.readString(home.resolve("keys/data/000000000.keys"), StandardCharsets.ISO_8859_1);
            assertThat(file).doesNotContain(new String(wrapped, 12, 48, StandardCharsets.ISO_8859_1));
        }
        try (DataKeys keys = DataKeys.open(home)) {
            assertThat(keys.find(0)).isEmpty();
            assertThat(keys.take().id()).isPositive();
        }
    }

    @Test
    void keysThatWereNeverGivenAreNotFound() {
        try (DataKeys keys = DataKeys.open(home)) {
            assertThat(keys.find(123_456)).isEmpty();
            assertThat(keys.find(-1)).isEmpty();
        }
    }

    @Test
    void anotherMasterKeyIsRefusedAtTheStart() throws IOException {
        try (DataKeys keys = DataKeys.open(home)) {
            keys.take();
        }
        Files.writeString(home.resolve("keys/master.key"), "00".repeat(32) + "\n");
        assertThatExceptionOfType(KeyUnusable.class)
                .isThrownBy(() -> DataKeys.open(home))
                .withMessageContaining("put the right master.key back");
    }

    @Test
    void aMissingMasterKeyIsNotReplacedByANewOne() throws IOException {
        try (DataKeys keys = DataKeys.open(home)) {
            keys.take();
        }
        Files.delete(home.resolve("keys/master.key"));
        assertThatExceptionOfType(KeyUnusable.class).isThrownBy(() -> DataKeys.open(home));
        assertThat(home.resolve("keys/master.key")).doesNotExist();
    }

    @Test
    void aMasterKeyThatOthersMayReadIsRefused() throws IOException {
        DataKeys.open(home).close();
        Path master = home.resolve("keys/master.key");
        Files.setPosixFilePermissions(master, PosixFilePermissions.fromString("rw-r-----"));
        assertThatExceptionOfType(KeyUnusable.class)
                .isThrownBy(() -> DataKeys.open(home))
                .withMessageContaining("chmod 600");
    }

    @Test
    void secretsAreReadableByTheirOwnerOnly() throws IOException {
        try (DataKeys keys = DataKeys.open(home)) {
            keys.take();
            LogKeys.openOrMake(home, keys, Clock.systemUTC());
            for (String file : new String[] {"master.key", "log.p12", "data/000000000.keys"}) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("keys/" + file))))
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void aTornLastBatchIsSkipped() throws IOException {
        DataKey taken;
        try (DataKeys keys = DataKeys.open(home)) {
            taken = keys.take();
        }
        Path segment = home.resolve("keys/data/000000000.keys");
        byte[] bytes = Files.readAllBytes(segment);
        Files.write(segment, Arrays.copyOf(bytes, bytes.length + 90));
        try (DataKeys keys = DataKeys.open(home)) {
            assertThat(keys.take().id()).isEqualTo(DataKeys.BATCH + 2);
            assertThat(keys.find(taken.id())).contains(taken.key());
        }
    }

    @Test
    void aSecondOpenerIsRefused() {
        try (DataKeys keys = DataKeys.open(home)) {
            assertThat(keys.take()).isNotNull();
            assertThatExceptionOfType(KeyUnusable.class)
                    .isThrownBy(() -> DataKeys.open(home))
                    .withMessageContaining("stop it first");
        }
    }
}
