package org.cartulary.appliance.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.cartulary.retrieval.bench.SearchSides;
import org.cartulary.retrieval.bench.SyntheticCorpus;

/** Sides that answer the same questions in turn, round by round, so that what else the machine does strikes all alike. */
final class SearchRounds {
    /** Rounds that are thrown away: as many as it takes until the compiler of the JVM changes nothing more that shows. */
    private static final int WARM_UPS = 5;

    private SearchRounds() {}

    /** What one side took. */
    static final class Side {
        private final Supplier<SearchSides.Client> clients;
        private final List<double[]> rounds = new ArrayList<>();
        private double seconds;

        /**
         * Not measured yet.
         *
         * @param clients makes one client after another
         */
        Side(Supplier<SearchSides.Client> clients) {
            this.clients = clients;
        }

        /** Of all rounds. */
        Latency latency() {
            return Latency.of(rounds.stream().flatMapToDouble(Arrays::stream).toArray(), seconds);
        }

        /** Of one round, in milliseconds. */
        double median(int round) {
            return Latency.of(rounds.get(round), 1).p50();
        }
    }

    /** Measures, once all sides are warm. */
    static void run(List<Side> sides, int clients, int rounds, List<SyntheticCorpus.Question> questions) {
        try (ExecutorService pool = Executors.newFixedThreadPool(clients)) {
            for (int round = -WARM_UPS; round < rounds; round++) {
                for (int i = 0; i < sides.size(); i++) {
                    Side side = sides.get(Math.floorMod(i + round, sides.size()));
                    long began = System.nanoTime();
                    double[] millis = ask(side, clients, pool, questions);
                    if (round >= 0) {
                        side.seconds += (System.nanoTime() - began) / 1e9;
                        side.rounds.add(millis);
                    }
                }
            }
        }
    }

    private static double[] ask(
            Side side, int clients, ExecutorService pool, List<SyntheticCorpus.Question> questions) {
        double[] millis = new double[questions.size()];
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> asking = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            asking.add(pool.submit(() -> askAll(side, questions, next, millis)));
        }
        for (Future<?> one : asking) {
            awaited(one);
        }
        return millis;
    }

    private static void askAll(
            Side side, List<SyntheticCorpus.Question> questions, AtomicInteger next, double[] millis) {
        try (SearchSides.Client client = side.clients.get()) {
            for (int i = next.getAndIncrement(); i < questions.size(); i = next.getAndIncrement()) {
                long began = System.nanoTime();
                client.accept(questions.get(i));
                millis[i] = (System.nanoTime() - began) / 1e6;
            }
        }
    }

    private static void awaited(Future<?> asking) {
        try {
            asking.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A search failed while it was measured", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The measurement was interrupted", e);
        }
    }
}
