package org.cartulary.compliance.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import javax.crypto.SecretKey;
import org.cartulary.compliance.durable.FaultyDisk;
import org.cartulary.compliance.durable.FaultyDisk.Act;
import org.cartulary.compliance.durable.FaultyDisk.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys on a disk that fails and loses its power again and again. */
class KeyFaultTest {
    private static final int FAULTS = 10;

    @TempDir
    private Path home;

    private final Map<Long, SecretKey> held = new HashMap<>();
    private final Set<Long> destroyed = new TreeSet<>();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Boolean.getBoolean("cartulary.long") ? 200 : 10);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aKeyThatWasHandedOutStaysAndOneThatWasDestroyedStaysAway(long seed) throws IOException {
        Random random = new Random(seed);
        FaultyDisk disk = new FaultyDisk(home);
        for (int i = 0; i < FAULTS; i++) {
            Set<Act> acts = random.nextBoolean() ? EnumSet.of(Act.SYNC) : EnumSet.allOf(Act.class);
            Fault fault = new Fault(acts, 1 + random.nextInt(12), 1 + random.nextInt(3));
            disk.fail(fault);
            live(disk, random);
            disk.heal();
            disk.losePower(random);
            assertHeld(disk, "seed " + seed + ", fault " + i + ": " + fault);
        }
    }

    /** Takes keys and destroys some, more than one segment's over all faults. */
    private void live(FaultyDisk disk, Random random) {
        try (DataKeys keys = DataKeys.open(disk.path())) {
            for (int i = 0; i < 600; i++) {
                try {
                    DataKey taken = keys.take();
                    assertThat(held.put(taken.id(), taken.key()))
                            .as("key %d was given before", taken.id())
                            .isNull();
                    if (random.nextInt(100) == 0) {
                        held.remove(taken.id());
                        keys.destroy(taken.id());
                        destroyed.add(taken.id());
                    }
                } catch (UncheckedIOException e) {
                    assertThat(disk.hasFailed()).as("%s", e).isTrue();
                }
            }
        } catch (KeyUnusable e) {
            assertThat(disk.hasFailed()).as("%s", e).isTrue();
        }
    }

    private void assertHeld(FaultyDisk disk, String told) {
        try (DataKeys keys = DataKeys.open(disk.path())) {
            held.forEach((id, key) ->
                    assertThat(keys.find(id)).as("%s; key %d", told, id).contains(key));
            destroyed.forEach(
                    id -> assertThat(keys.find(id)).as("%s; key %d", told, id).isEmpty());
        }
    }

    @Test
    void aSegmentWhoseNameCouldNotBeSyncedGivesNoKeyBeforeItCan() throws IOException {
        FaultyDisk disk = new FaultyDisk(home);
        SecretKey key;
        long id;
        try (DataKeys keys = DataKeys.open(disk.path())) {
            // The second sync of the first batch is that of the directory.
            disk.fail(new Fault(EnumSet.of(Act.SYNC), 2, 1));
            assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(keys::take);
            DataKey taken = keys.take();
            id = taken.id();
            key = taken.key();
        }
        disk.losePower(new Random(1));
        try (DataKeys keys = DataKeys.open(disk.path())) {
            assertThat(keys.find(id)).contains(key);
        }
    }
}
