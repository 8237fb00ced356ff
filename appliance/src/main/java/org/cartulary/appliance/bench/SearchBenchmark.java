package org.cartulary.appliance.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cartulary.appliance.wiring.ScratchHome;
import org.cartulary.appliance.wiring.SearchHome;
import org.cartulary.retrieval.bench.SearchSides;
import org.cartulary.retrieval.bench.SourceTexts;
import org.cartulary.retrieval.bench.SyntheticCorpus;
import org.cartulary.retrieval.bench.Width;

/**
 * What it costs to search by words and by meaning at once, under rights, against bare Lucene and bare pgvector on the same data;
 * how much of what is nearest is found; and how all of it grows with the corpus.
 */
final class SearchBenchmark {
    /** Length of the default embedder's vectors. */
    private static final int DIMENSION = 384;

    private static final long SEED = 20_261_123;
    private static final int RECALL_QUESTIONS = 50;
    private static final List<Optional<Width>> WIDTHS = Stream.concat(
                    Stream.of(Optional.<Width>empty()),
                    Stream.of(Width.values())
                            .filter(width -> width != Width.REST)
                            .map(Optional::of))
            .toList();

    private final SearchPlan plan;
    private final Findings findings;

    private SearchBenchmark(SearchPlan plan, Findings findings) {
        this.plan = plan;
        this.findings = findings;
    }

    static Measurements run(SearchPlan plan, Findings findings) {
        SearchBenchmark benchmark = new SearchBenchmark(plan, findings);
        List<List<String>> sources = SourceTexts.read(plan.texts());
        for (int passages : plan.passages()) {
            SyntheticCorpus corpus = new SyntheticCorpus(sources, passages, DIMENSION, SEED);
            Function<ScratchHome.Parts, Boolean> measuring = parts -> {
                try (SearchSides sides = SearchHome.open(parts, corpus)) {
                    benchmark.measure(sides, corpus);
                }
                return true;
            };
            Path home = plan.home();
            boolean _ = home == null
                    ? ScratchHome.with(measuring)
                    : ScratchHome.in(home.resolve("search-" + passages), measuring);
        }
        benchmark.growth();
        return findings.on(Benchmarks.processors());
    }

    private void measure(SearchSides sides, SyntheticCorpus corpus) {
        String size = "search-" + corpus.size();
        loading(sides, size);
        List<SyntheticCorpus.Question> questions =
                IntStream.range(0, plan.questions()).mapToObj(corpus::question).toList();
        questions.forEach(sides::know);
        for (int clients : plan.clients()) {
            for (Optional<Width> width : WIDTHS) {
                String name = size + "-" + clients + "-" + word(width);
                findings.add(name, () -> load(name, sides, corpus.size(), clients, width, questions));
            }
        }
        List<SyntheticCorpus.Question> some = questions.subList(0, Math.min(RECALL_QUESTIONS, questions.size()));
        for (Optional<Width> width : WIDTHS) {
            recall(sides, size + "-recall-" + word(width), width, some);
        }
    }

    private static String word(Optional<Width> width) {
        return width.map(Width::word).orElse("all");
    }

    private void loading(SearchSides sides, String size) {
        SearchSides.Loaded loaded = sides.loaded();
        ToDoubleFunction<Double> rate = seconds -> loaded.passages() / seconds;
        String perSecond = "passages a second";
        figure(size + "-rate-rows", perSecond, rate.applyAsDouble(loaded.rowsSeconds()));
        figure(size + "-rate-vectors", perSecond, rate.applyAsDouble(loaded.vectorsSeconds()));
        figure(size + "-rate-graph", perSecond, rate.applyAsDouble(loaded.graphSeconds()));
        figure(size + "-rate-words", perSecond, rate.applyAsDouble(loaded.wordsSeconds()));
        SearchSides.Sizes sizes = sides.sizes();
        String bytes = "bytes on disk for each passage";
        figure(size + "-disk-rows", bytes, (double) sizes.passages() / loaded.passages());
        figure(size + "-disk-vectors", bytes, (double) sizes.vectors() / loaded.passages());
        figure(size + "-disk-graph", bytes, (double) sizes.graph() / loaded.passages());
        figure(size + "-disk-words", bytes, (double) sizes.words() / loaded.passages());
    }

    private void recall(
            SearchSides sides, String name, Optional<Width> width, List<SyntheticCorpus.Question> questions) {
        List<SearchSides.Recall> found = new ArrayList<>();
        String unit = "share of the nearest 100, or of all where fewer, over " + questions.size() + " questions";
        findings.add(name, () -> {
            found.add(sides.recall(width, questions));
            return once(name, unit, found.getFirst().product());
        });
        findings.add(
                name, () -> once(name + "-bare-pgvector", unit, found.getFirst().raw()));
    }

    private SearchLoad load(
            String name,
            SearchSides sides,
            int passages,
            int clients,
            Optional<Width> width,
            List<SyntheticCorpus.Question> questions) {
        SearchRounds.Side fused = new SearchRounds.Side(() -> sides.fused(width));
        SearchRounds.Side words = new SearchRounds.Side(() -> sides.words(width));
        SearchRounds.Side meaning = new SearchRounds.Side(() -> sides.meaning(width));
        SearchRounds.run(List.of(fused, words, meaning), clients, plan.rounds(), questions);
        double[] ratios = new double[plan.rounds()];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = fused.median(round) / reference(clients, words.median(round), meaning.median(round));
        }
        return new SearchLoad(
                name,
                passages,
                clients,
                word(width),
                fused.latency(),
                words.latency(),
                meaning.latency(),
                clients == 1 ? "the slower engine's median" : "the sum of both engines' medians",
                fused.latency().p50()
                        / reference(
                                clients,
                                words.latency().p50(),
                                meaning.latency().p50()),
                Comparison.Side.of("within each round", ratios),
                plan.rounds(),
                questions.size());
    }

    private static double reference(int clients, double words, double meaning) {
        return clients == 1 ? Math.max(words, meaning) : words + meaning;
    }

    /** From the smallest corpus to the greatest. */
    private void growth() {
        int least = plan.passages().getFirst();
        int greatest = plan.passages().getLast();
        if (least == greatest) {
            return;
        }
        String unit = "times the median at " + least + " passages, at " + greatest;
        for (SearchLoad small : findings.searches()) {
            for (SearchLoad large : findings.searches()) {
                boolean same =
                        small.clients() == large.clients() && small.readable().equals(large.readable());
                if (same && small.passages() == least && large.passages() == greatest) {
                    figure(
                            "growth-" + small.clients() + "-" + small.readable(),
                            unit,
                            large.fused().p50() / small.fused().p50());
                }
            }
        }
    }

    private void figure(String name, String unit, double value) {
        findings.add(name, () -> once(name, unit, value));
    }

    private static Figure once(String name, String unit, double value) {
        return Figure.of(name, unit, 1, () -> value);
    }
}
