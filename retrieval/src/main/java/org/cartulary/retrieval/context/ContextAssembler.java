package org.cartulary.retrieval.context;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cartulary.retrieval.lexical.Analysis;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.sentence.Sentence;
import org.cartulary.retrieval.sentence.Sentences;
import org.cartulary.retrieval.table.HeadingRow;
import org.cartulary.retrieval.table.HeadingRows;

/** Fills a token budget with passages, best first, and never cuts inside a sentence. Stateless. */
public final class ContextAssembler {
    /** Line feeds around a source, and tokens that merge otherwise where texts are joined. */
    private static final int JOINT_TOKENS = 4;

    private ContextAssembler() {}

    /**
     * Takes passages in their order while they fit, and shows those of a document together, in its order. Of one that does not fit whole, the sentences around the one that
     * shares most words with the question are taken; a later, shorter passage may still fit.
     *
     * @param question as it was searched with
     * <p>Where what is taken begins in the midst of a table, its heading row goes before it.
     *
     * @param gathered best first
     * @param budgetTokens for all sources with their headings; 0 or more
     */
    public static Context assemble(
            String question, Surroundings.Gathered gathered, int budgetTokens, TokenCounter counter) {
        List<Measured> measured = Measured.all(gathered, counter);
        Set<String> wanted = new HashSet<>(Analysis.terms(question));
        List<Source> sources = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        int used = 0;
        for (Measured passage : measured) {
            int left = budgetTokens - used - passage.headingTokens() - passage.mostLabelTokens() - JOINT_TOKENS;
            Run run = passage.longestRun(wanted, left);
            if (run.length() > 0) {
                sources.add(passage.source(sources.size() + 1, run));
                used = budgetTokens - left + run.tokens();
            }
            int missing = passage.sentences().size() - run.length();
            if (missing > 0) {
                leftOut.add(new LeftOut(passage.hit().passage(), missing, run.length() == 0));
            }
        }
        return new Context(Surroundings.inReadingOrder(sources), leftOut, used, budgetTokens);
    }

    /** Sentences that stand together: from the first, up to and without {@code to}. */
    private record Run(int from, int to, int tokens) {
        static final Run NONE = new Run(0, 0, 0);

        int length() {
            return to - from;
        }
    }

    /**
     * A passage and what its parts cost. Sums of the parts never fall below the tokens of the whole.
     *
     * @param labels of each sentence that is a row, the heading row that it needs
     */
    private record Measured(
            Hit hit,
            List<Sentence> sentences,
            int headingTokens,
            List<Integer> sentenceTokens,
            Map<Integer, HeadingRow> labels,
            int mostLabelTokens) {
        static List<Measured> all(Surroundings.Gathered gathered, TokenCounter counter) {
            List<Hit> hits = gathered.ordered();
            List<List<Sentence>> sentences =
                    hits.stream().map(hit -> Sentences.split(hit.text())).toList();
            List<Map<Integer, HeadingRow>> labels = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < hits.size(); i++) {
                labels.add(labels(hits.get(i), sentences.get(i), gathered.known()));
                texts.add(Source.heading(hits.size(), hits.get(i)));
                sentences.get(i).forEach(sentence -> texts.add(sentence.text()));
                longest(labels.get(i)).ifPresent(texts::add);
            }
            List<Integer> counts = texts.isEmpty() ? List.of() : counter.count(texts);
            List<Measured> measured = new ArrayList<>(hits.size());
            int next = 0;
            for (int i = 0; i < hits.size(); i++) {
                int end = next + 1 + sentences.get(i).size();
                boolean labelled = !labels.get(i).isEmpty();
                measured.add(new Measured(
                        hits.get(i),
                        sentences.get(i),
                        counts.get(next),
                        counts.subList(next + 1, end),
                        labels.get(i),
                        labelled ? counts.get(end) + 1 : 0));
                next = end + (labelled ? 1 : 0);
            }
            return measured;
        }

        private static Map<Integer, HeadingRow> labels(Hit hit, List<Sentence> sentences, List<Hit> known) {
            Map<Integer, HeadingRow> labels = new HashMap<>();
            for (int i = 0; i < sentences.size(); i++) {
                int place = i;
                HeadingRows.over(hit, hit.start() + sentences.get(i).start(), known)
                        .ifPresent(row -> labels.put(place, row));
            }
            return labels;
        }

        /** Room is kept for the longest, whichever is needed. */
        private static Optional<String> longest(Map<Integer, HeadingRow> labels) {
            return labels.values().stream().map(HeadingRow::text).max(Comparator.comparingInt(String::length));
        }

        Run longestRun(Set<String> wanted, int budget) {
            int best = bestSentence(wanted);
            if (best < 0 || cost(best) > budget) {
                return Run.NONE;
            }
            int from = best;
            int to = best + 1;
            int tokens = cost(best);
            boolean grown = true;
            while (grown) {
                grown = false;
                if (to < sentences.size() && tokens + cost(to) <= budget) {
                    tokens += cost(to++);
                    grown = true;
                }
                if (from > 0 && tokens + cost(from - 1) <= budget) {
                    tokens += cost(--from);
                    grown = true;
                }
            }
            return new Run(from, to, tokens);
        }

        /** A joint may cost a token of its own. */
        private int cost(int sentence) {
            return sentenceTokens.get(sentence) + 1;
        }

        private int bestSentence(Set<String> wanted) {
            int best = -1;
            long most = -1;
            for (int i = 0; i < sentences.size(); i++) {
                long common = Analysis.terms(sentences.get(i).text()).stream()
                        .distinct()
                        .filter(wanted::contains)
                        .count();
                if (common > most) {
                    most = common;
                    best = i;
                }
            }
            return best;
        }

        Source source(int number, Run run) {
            int from = sentences.get(run.from()).start();
            int to = sentences.get(run.to() - 1).end();
            return new Source(
                    number,
                    hit,
                    hit.text().substring(from, to),
                    hit.start() + from,
                    hit.start() + to,
                    labels.get(run.from()));
        }
    }
}
