package org.cartulary.inference.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process of ours from outside. */
final class ForkedJavaTest {
    /** More than a reader takes at once, and less than a pipe holds. */
    private static final int LINES = 1_000;

    @Test
    @Timeout(60)
    void keepsWhatAProcessWroteBeforeItWasKilled(@TempDir Path directory) throws Exception {
        Path written = directory.resolve("written");
        ForkedJava.Launch launch = new ForkedJava.Launch(
                Talker.class.getName(), System.getProperty("java.class.path"), List.of("-Xmx64m"), Map.of());
        List<String> heard = new CopyOnWriteArrayList<>();
        CountDownLatch killed = new CountDownLatch(1);
        ForkedJava process = ForkedJava.start(launch, written.toString(), line -> {
            awaitQuietly(killed);
            heard.add(line);
        });
        try (process) {
            while (process.isAlive() && !Files.exists(written)) {
                process.awaitEnd(50);
            }
        }
        process.awaitEnd(30_000);
        killed.countDown();
        process.awaitOutput(30_000);
        assertThat(heard).hasSize(LINES + 1).endsWith("said last");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says a lot, and then waits to be killed. */
    static final class Talker {
        private Talker() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            Lifeline lifeline = new Lifeline(System.in);
            Path written = Path.of(lifeline.settings());
            for (int i = 0; i < LINES; i++) {
                System.out.println("line " + i);
            }
            System.out.println("said last");
            System.out.flush();
            Files.createFile(written);
            new CountDownLatch(1).await();
        }
    }
}
