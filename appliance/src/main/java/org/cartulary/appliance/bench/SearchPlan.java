package org.cartulary.appliance.bench;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the benchmark of search is to measure.
 *
 * @param passages sizes of the corpus, smallest first
 * @param clients how many ask at once
 * @param home where filled installations stay for the next run, or null for one that is deleted afterwards
 * @param texts where sentences are taken from: a folder with {@code corpus.jsonl}, text, Markdown or HTML files at any depth
 * @param rounds in which the sides take turns
 * @param questions of each side in each round
 */
public record SearchPlan(
        List<Integer> passages,
        List<Integer> clients,
        @Nullable Path home,
        Path texts,
        int rounds,
        int questions) {
    private static final int ROUNDS = 5;
    private static final int QUESTIONS = 100;

    public SearchPlan {
        passages = passages.stream().sorted().toList();
        clients = List.copyOf(clients);
        requireWithin("passages", passages, 1_000, 10_000_000);
        requireWithin("clients", clients, 1, 16);
    }

    /** With as many rounds and questions as figures need that are quoted. */
    public SearchPlan(List<Integer> passages, List<Integer> clients, @Nullable Path home, Path texts) {
        this(passages, clients, home, texts, ROUNDS, QUESTIONS);
    }

    /** What is measured when nothing is said. */
    public static SearchPlan standard() {
        return new SearchPlan(List.of(10_000, 100_000, 1_000_000), List.of(1, 8), null, demoTexts());
    }

    /** The demo's, which every checkout has. */
    public static Path demoTexts() {
        return Path.of(System.getProperty("cartulary.demo", "deploy/demo"));
    }

    private static void requireWithin(String what, List<Integer> numbers, int least, int greatest) {
        if (numbers.isEmpty() || numbers.stream().anyMatch(number -> number < least || number > greatest)) {
            throw new IllegalArgumentException(
                    "--" + what + " takes numbers from " + least + " to " + greatest + ", but not " + numbers);
        }
    }
}
