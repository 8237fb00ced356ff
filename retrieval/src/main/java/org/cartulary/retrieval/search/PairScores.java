package org.cartulary.retrieval.search;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;
import org.cartulary.inference.Reranker;
import org.cartulary.retrieval.sentence.Sentence;
import org.cartulary.retrieval.sentence.Sentences;
import org.jspecify.annotations.Nullable;

/**
 * A reranker's scores of passages for one question. A passage that is too long together with the question is read in parts
 * and counts as its best part (MaxP, Dai and Callan, SIGIR 2019); nothing of it is left out. Used by one thread.
 */
final class PairScores {
    /** Passages that go to the model at once; between them others get their turn. */
    private static final int AT_ONCE = 8;

    /** Parts of all passages together, for each passage: the question may leave hardly any room. */
    private static final int MOST_PARTS = 4;

    private final Reranker reranker;
    private final String question;
    private final long end;

    /** @param deadline from now on, for all that is asked */
    PairScores(Reranker reranker, String question, Duration deadline) {
        this.reranker = reranker;
        this.question = question;
        this.end = System.nanoTime() + deadline.toNanos();
    }

    private record Part(int hit, String heading, String text) {
        String read() {
            return heading + text;
        }
    }

    /**
     * One score for each passage, in order; null where it cannot be read in parts that are short enough.
     *
     * @throws InferenceFailed when the model does not answer in time, or not at all
     * @throws InferenceRefused when its queue is full
     */
    List<@Nullable Double> of(List<Hit> hits) {
        List<Part> waiting = new ArrayList<>();
        for (int i = 0; i < hits.size(); i++) {
            waiting.add(new Part(i, heading(hits.get(i)), hits.get(i).text()));
        }
        @Nullable Double[] scores = new @Nullable Double[hits.size()];
        int mostParts = MOST_PARTS * hits.size();
        int parts = waiting.size();
        while (!waiting.isEmpty()) {
            List<Part> some = waiting.subList(0, Math.min(AT_ONCE, waiting.size()));
            try {
                List<Double> read =
                        reranker.rerank(question, some.stream().map(Part::read).toList(), left());
                for (int i = 0; i < some.size(); i++) {
                    Double before = scores[some.get(i).hit()];
                    scores[some.get(i).hit()] = before == null ? read.get(i) : Math.max(before, read.get(i));
                }
                some.clear();
            } catch (InferenceRefused e) {
                Part tooLong = waiting.remove(tooLong(e));
                List<Part> halves = parts < mostParts ? halves(tooLong) : List.of();
                waiting.addAll(halves);
                parts += halves.size();
            }
        }
        List<@Nullable Double> all = new ArrayList<>(hits.size());
        for (@Nullable Double score : scores) {
            all.add(score);
        }
        return all;
    }

    private static int tooLong(InferenceRefused refused) {
        if (refused.refusal() instanceof Refusal.PairTooLong pair) {
            return pair.index();
        }
        throw refused;
    }

    private Duration left() {
        long nanos = end - System.nanoTime();
        if (nanos <= 0) {
            throw new InferenceFailed("it took too long");
        }
        return Duration.ofNanos(nanos);
    }

    private static String heading(Hit hit) {
        StringBuilder heading = new StringBuilder();
        if (!hit.title().isBlank()) {
            heading.append(hit.title()).append('\n');
        }
        if (hit.anchor() != null && !hit.anchor().isBlank()) {
            heading.append(hit.anchor()).append('\n');
        }
        return heading.toString();
    }

    /** Without its headings first, then in two at the sentence in its middle; none where it is a single sentence. */
    private static List<Part> halves(Part part) {
        if (!part.heading().isEmpty()) {
            return List.of(new Part(part.hit(), "", part.text()));
        }
        List<Sentence> sentences = Sentences.split(part.text());
        if (sentences.size() < 2) {
            return List.of();
        }
        int middle = sentences.get(sentences.size() / 2).start();
        return List.of(
                new Part(part.hit(), "", part.text().substring(0, middle)),
                new Part(part.hit(), "", part.text().substring(middle)));
    }
}
