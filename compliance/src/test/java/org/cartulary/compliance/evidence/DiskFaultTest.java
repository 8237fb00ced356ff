package org.cartulary.compliance.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.cartulary.compliance.durable.FaultyDisk;
import org.cartulary.compliance.durable.FaultyDisk.Act;
import org.cartulary.compliance.durable.FaultyDisk.Fault;
import org.cartulary.compliance.keys.KeyUnusable;
import org.cartulary.compliance.testing.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A house whose disk fails again and again, from its founding on: at a sync, or at any act that changes something, for a
 * moment or until it is restarted, with its power lost or not. 200 times in the long form.
 */
@Timeout(1800)
class DiskFaultTest {
    private static final boolean LONG = Boolean.getBoolean("cartulary.long");
    private static final int FAULTS = LONG ? 10 : 5;
    private static final int WRITERS = 3;
    private static final long FOR_GOOD = Long.MAX_VALUE / 2;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Jdbi jdbi = PostgresExtension.database("compliance");
    private final Acknowledged acknowledged = new Acknowledged();

    @TempDir
    private Path home;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, LONG ? 20 : 2);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noReceiptThatWasHandedOutIsLostHoweverTheDiskFails(long seed) throws Exception {
        Random random = new Random(seed);
        FaultyDisk disk = new FaultyDisk(home);
        for (int i = 0; i < FAULTS; i++) {
            Fault fault = fault(random, i == 0);
            boolean powerIsLost = random.nextBoolean();
            String told = "seed " + seed + ", fault " + i + ": " + fault + (powerIsLost ? ", then no power" : "");
            try {
                disk.fail(fault);
                live(disk, told);
                if (powerIsLost) {
                    disk.losePower(random);
                }
                disk.heal();
                try (LogFixture fixture = LogFixture.open(jdbi, disk.path())) {
                    acknowledged.assertHeld(jdbi, home, fixture);
                    ask(fixture, told);
                }
            } catch (Exception | AssertionError e) {
                throw new AssertionError(told, e);
            }
        }
        assertThat(acknowledged.count()).as("seed %d", seed).isPositive();
    }

    private static Fault fault(Random random, boolean founding) {
        Set<Act> acts = random.nextBoolean() ? EnumSet.of(Act.SYNC) : EnumSet.allOf(Act.class);
        long failures = random.nextInt(3) == 0 ? FOR_GOOD : 1 + random.nextInt(4);
        return new Fault(acts, 1 + random.nextInt(founding ? 40 : 80), failures);
    }

    /** Opens the log and writes until the fault strikes; where it passes, the log goes on by itself. */
    private void live(FaultyDisk disk, String told) throws Exception {
        try (LogFixture fixture = LogFixture.open(jdbi, disk.path());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> writers = IntStream.range(0, WRITERS)
                    .mapToObj(i -> threads.submit(() -> writeUntilItFails(disk, fixture, told)))
                    .toList();
            for (Future<?> writer : writers) {
                writer.get();
            }
            if (disk.isOver() && fixture.log().status().retries()) {
                askUntilItGoesOn(fixture, told);
            }
        } catch (EvidenceUnavailable | KeyUnusable e) {
            assertSaysWhy(disk, e);
        }
    }

    private void writeUntilItFails(FaultyDisk disk, LogFixture fixture, String told) {
        try {
            while (!disk.isOver()) {
                ask(fixture, told);
            }
        } catch (EvidenceUnavailable | UncheckedIOException e) {
            assertSaysWhy(disk, e);
        }
    }

    private void askUntilItGoesOn(LogFixture fixture, String told) {
        long until = System.nanoTime() + LogFixture.PATIENCE.toNanos();
        while (true) {
            try {
                ask(fixture, told);
                return;
            } catch (EvidenceUnavailable e) {
                assertThat(System.nanoTime()).as("does not go on: %s", e).isLessThan(until);
            }
        }
    }

    private void assertSaysWhy(FaultyDisk disk, RuntimeException refusal) {
        assertThat(disk.hasFailed()).as("%s", refusal).isTrue();
        assertThat(refusal).hasMessageContaining(home.toString());
    }

    private void ask(LogFixture fixture, String told) {
        String question = told + " " + Thread.currentThread().threadId() + " " + acknowledged.count();
        long id = fixture.append(EntryType.ASKED, Map.of("act", "ask"), Map.of("question", question));
        acknowledged.add(id, question, fixture.log().receipt(id, PATIENCE));
    }
}
