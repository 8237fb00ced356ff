package org.cartulary.inference.llama;

/** Tokens per second, smoothed over some seconds of work. Written by one thread, read by any. */
final class Speed {
    private static final double MEMORY_SECONDS = 5;

    private double tokens;
    private double seconds;
    private volatile double rate;

    void add(int count, long nanos) {
        double took = nanos / 1e9;
        double keep = Math.exp(-took / MEMORY_SECONDS);
        tokens = tokens * keep + count;
        seconds = seconds * keep + took;
        rate = seconds > 0 ? tokens / seconds : 0;
    }

    double tokensPerSecond() {
        return rate;
    }
}
