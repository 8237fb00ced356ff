package org.cartulary.retrieval.search;

import java.time.Duration;

/** Measures one stage after another. Used by one thread. */
final class Stopwatch {
    private final long start = System.nanoTime();
    private long lap = start;

    /** Time since the last lap, or the start. */
    Duration lap() {
        long now = System.nanoTime();
        Duration passed = Duration.ofNanos(now - lap);
        lap = now;
        return passed;
    }

    Duration total() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
