package org.cartulary.appliance.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Two sides whose acts are timed in turn, round by round, so that what else the machine does strikes both alike. */
final class EvidenceRounds {
    private static final int WARM_UPS = 10;
    private static final int ROUNDS = 7;

    private EvidenceRounds() {}

    /**
     * Measures both.
     *
     * @param writers that work at once
     * @param each acts of each writer in a round
     */
    static EvidenceLoad of(
            String name, int writers, int each, String what, Runnable ours, String other, Runnable bare) {
        List<double[]> log = new ArrayList<>();
        List<double[]> reference = new ArrayList<>();
        double[] seconds = new double[2];
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            for (int round = -WARM_UPS; round < ROUNDS; round++) {
                for (int turn = 0; turn < 2; turn++) {
                    boolean isOurs = Math.floorMod(round, 2) == turn;
                    long began = System.nanoTime();
                    double[] millis = timed(threads, writers, each, isOurs ? ours : bare);
                    if (round >= 0) {
                        seconds[isOurs ? 0 : 1] += (System.nanoTime() - began) / 1e9;
                        (isOurs ? log : reference).add(millis);
                    }
                }
            }
        }
        double[] ratios = new double[ROUNDS];
        Arrays.setAll(
                ratios,
                i -> Latency.of(log.get(i), 1).p99()
                        / Latency.of(reference.get(i), 1).p99());
        Latency one = Latency.of(joined(log), seconds[0]);
        Latency two = Latency.of(joined(reference), seconds[1]);
        return new EvidenceLoad(
                name,
                writers,
                what,
                other,
                one,
                two,
                one.p50() / two.p50(),
                one.p99() / two.p99(),
                Comparison.Side.of("within each round", ratios),
                ROUNDS,
                writers * each);
    }

    private static double[] joined(List<double[]> rounds) {
        return rounds.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    private static double[] timed(ExecutorService threads, int writers, int each, Runnable act) {
        double[] millis = new double[writers * each];
        List<Future<?>> working = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            int from = writer * each;
            working.add(threads.submit(() -> {
                for (int i = from; i < from + each; i++) {
                    long began = System.nanoTime();
                    act.run();
                    millis[i] = (System.nanoTime() - began) / 1e6;
                }
            }));
        }
        working.forEach(EvidenceRounds::awaited);
        return millis;
    }

    private static void awaited(Future<?> working) {
        try {
            working.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("An act failed while it was measured", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The measurement was interrupted", e);
        }
    }
}
