package org.cartulary.retrieval.originals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.cartulary.compliance.keys.DataKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginalsTest {
    private static final int CHUNK = ChunkCipher.CHUNK_BYTES;

    @TempDir
    private Path home;

    private DataKeys keys;
    private Originals originals;

    @BeforeEach
    void open() {
        keys = DataKeys.open(home);
        originals = Originals.open(home, keys);
    }

    @AfterEach
    void close() {
        keys.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17})
    void givesBackWhatItTookIn(int length) throws Exception {
        byte[] bytes = random(length);
        StagedOriginal staged = originals.stage(new ByteArrayInputStream(bytes), length);
        assertThat(staged.bytes()).isEqualTo(length);
        assertThat(staged.sha256())
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(bytes));
        assertThat(read(staged.document())).isEqualTo(bytes);
        originals.promote(staged.document());
        assertThat(read(staged.document())).isEqualTo(bytes);
    }

    @Test
    void leavesNothingReadableOnTheDisk() throws Exception {
        byte[] bytes = "the patient's name is Example".repeat(100).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        UUID document =
                originals.stage(new ByteArrayInputStream(bytes), 1 << 20).document();
        assertThat(new String(Files.readAllBytes(file(document)), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("patient");
    }

    @Test
    void refusesAFileThatIsTooLongAndKeepsNothingOfIt() throws Exception {
        assertThatThrownBy(() -> originals.stage(new ByteArrayInputStream(random(CHUNK + 1)), CHUNK))
                .isInstanceOf(OriginalTooLarge.class);
        try (Stream<Path> left = Files.list(home.resolve("originals/staging"))) {
            assertThat(left).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 30, Header.BYTES + CHUNK + ChunkCipher.TAG_BYTES, 2 * CHUNK})
    void noticesACutFile(int length) throws Exception {
        UUID document = stage(3 * CHUNK);
        Files.write(file(document), Arrays.copyOf(Files.readAllBytes(file(document)), length));
        assertThatThrownBy(() -> read(document)).isInstanceOf(OriginalDamaged.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11, 15, 100, CHUNK + 200})
    void noticesAFlippedBit(int position) throws Exception {
        UUID document = stage(2 * CHUNK);
        byte[] bytes = Files.readAllBytes(file(document));
        bytes[position] ^= 1;
        Files.write(file(document), bytes);
        assertThatThrownBy(() -> read(document)).isInstanceOf(OriginalDamaged.class);
    }

    @Test
    void noticesAnotherDocumentsFileInItsPlace() throws Exception {
        UUID mine = stage(100);
        UUID other = stage(100);
        Files.copy(file(other), file(mine), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> read(mine)).isInstanceOf(OriginalDamaged.class);
    }

    @Test
    void cannotBeReadOnceItsKeyIsDestroyed() throws Exception {
        UUID document = stage(100);
        keys.destroy(originals.keyOf(document));
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(OriginalDamaged.class)
                .hasMessageContaining("key");
    }

    @Test
    void sweepsWhatNobodyWaitsForAndKeepsTheRest() throws Exception {
        UUID awaited = stage(10);
        UUID abandoned = stage(10);
        UUID known = stage(10);
        UUID unknown = stage(10);
        originals.promote(known);
        originals.promote(unknown);
        assertThat(originals.sweep(awaited::equals, known::equals)).isEqualTo(2);
        assertThat(read(awaited)).hasSize(10);
        assertThat(read(known)).hasSize(10);
        assertThatThrownBy(() -> read(abandoned)).isInstanceOf(OriginalMissing.class);
        assertThatThrownBy(() -> read(unknown)).isInstanceOf(OriginalMissing.class);
    }

    @Test
    void decryptsToAFileThatOnlyItsOwnerReads(@TempDir Path directory) throws Exception {
        UUID document = stage(CHUNK + 5);
        Path clear = originals.decryptTo(document, directory);
        assertThat(Files.readAllBytes(clear)).isEqualTo(read(document));
        assertThat(Files.getPosixFilePermissions(clear)).hasSize(2);
    }

    private UUID stage(int length) {
        return originals.stage(new ByteArrayInputStream(random(length)), length).document();
    }

    private byte[] read(UUID document) throws IOException {
        try (InputStream in = originals.open(document)) {
            return in.readAllBytes();
        }
    }

    private Path file(UUID document) throws IOException {
        return OriginalFiles.in(home).find(document);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
