package org.cartulary.compliance.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.cartulary.compliance.testing.PostgresExtension;
import org.cartulary.compliance.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One log whose process ends, from its founding on, at a sync or another act on the disk; 200 times in the long form. */
@Timeout(3600)
class KillTest {
    private static final int KILLS = Boolean.getBoolean("cartulary.long") ? 200 : 5;
    private static final long SEED = 12;

    private final TestDatabase database = PostgresExtension.open("compliance");
    private final Acknowledged acknowledged = new Acknowledged();

    @TempDir
    private Path home;

    @Test
    void noReceiptThatWasHandedOutIsLostHoweverOftenTheProcessEndsAtItsDisk() throws Exception {
        Random random = new Random(SEED);
        for (int kill = 0; kill < KILLS; kill++) {
            String acts = random.nextBoolean() ? "SYNC" : "ALL";
            int act = 1 + random.nextInt(kill == 0 ? 30 : 120);
            String told = "seed " + SEED + ", kill " + kill + ": in place of act " + act + " of " + acts;
            Process child = start(acts, act);
            List<String> receipts = readAll(child);
            assertThat(child.waitFor()).as(told).isEqualTo(KilledWriter.HALTED);
            receipts.forEach(acknowledged::add);
            try (LogFixture fixture = LogFixture.open(database.jdbi(), home)) {
                acknowledged.assertHeld(database.jdbi(), home, fixture);
            } catch (Exception | AssertionError e) {
                throw new AssertionError(told, e);
            }
        }
        assertThat(acknowledged.count()).isPositive();
    }

    private Process start(String acts, int act) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        database.url(),
                        database.user(),
                        database.password(),
                        home.toString(),
                        acts,
                        Integer.toString(act))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<String> readAll(Process child) throws IOException {
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            return lines.lines().toList();
        }
    }
}
