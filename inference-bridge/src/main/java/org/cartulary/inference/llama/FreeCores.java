package org.cartulary.inference.llama;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * How many threads may compute now without taking turns with others. ggml's threads wait for one another by spinning,
 * so one thread more than there are free cores makes an answer many times slower, not a little. Used by one thread.
 */
final class FreeCores {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** What others did so long ago, while nothing was computed here, says nothing of now. */
    private static final long STALE_NANOS = 2 * INTERVAL_NANOS;

    private static final Path SYSTEM = Path.of("/proc/stat");
    private static final Path PROCESS = Path.of("/proc/self/stat");

    private final int cores;
    private final int most;
    private long measuredNanos;
    private long othersTicks;
    private long allTicks;
    private int threads;

    /** @param most threads to use at most */
    FreeCores(int most) {
        this.cores = Runtime.getRuntime().availableProcessors();
        this.most = most;
        this.threads = most;
        measure();
    }

    /** Threads to use for the next step; measured twice a second while there are steps. */
    int threads() {
        long since = System.nanoTime() - measuredNanos;
        if (since > STALE_NANOS) {
            measure();
            threads = most;
        } else if (since > INTERVAL_NANOS) {
            long othersBefore = othersTicks;
            long allBefore = allTicks;
            measure();
            double share = (othersTicks - othersBefore) / (double) Math.max(1, allTicks - allBefore);
            threads = Math.clamp(Math.round(cores * (1 - share)), 1, most);
        }
        return threads;
    }

    private void measure() {
        measuredNanos = System.nanoTime();
        // proc(5): user nice system idle iowait irq softirq steal, in ticks over all processors.
        String[] system = firstLine(SYSTEM).split(" +", -1);
        long all = 0;
        for (int i = 1; i <= 8; i++) {
            all += Long.parseLong(system[i]);
        }
        long idle = Long.parseLong(system[4]) + Long.parseLong(system[5]);
        // The fields after the command's closing parenthesis start with the third; 14 and 15 are user and system time.
        String line = firstLine(PROCESS);
        String[] process = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        long own = Long.parseLong(process[11]) + Long.parseLong(process[12]);
        allTicks = all;
        othersTicks = all - idle - own;
    }

    private static String firstLine(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read how busy the processors are", e);
        }
    }
}
