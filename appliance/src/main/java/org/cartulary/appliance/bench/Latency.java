package org.cartulary.appliance.bench;

import java.util.Arrays;

/**
 * How long calls took, in milliseconds.
 *
 * @param perSecond calls that all clients together finished, on average over the rounds
 */
public record Latency(double p50, double p95, double p99, double perSecond) {
    static Latency of(double[] millis, double seconds) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        return new Latency(at(sorted, 0.50), at(sorted, 0.95), at(sorted, 0.99), sorted.length / seconds);
    }

    private static double at(double[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
    }
}
