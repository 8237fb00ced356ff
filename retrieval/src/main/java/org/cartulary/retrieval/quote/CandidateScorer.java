package org.cartulary.retrieval.quote;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cartulary.inference.Embedder;
import org.cartulary.retrieval.dense.QueryEmbedding;
import org.cartulary.retrieval.dense.Vectors;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.QuestionTerm;
import org.cartulary.retrieval.search.SearchResult;
import org.cartulary.retrieval.sentence.Sentence;

/**
 * Scores the sentences of the best passages against the question: similarity of vectors, share of the question's weight
 * that they cover, and the rank of their passage. Thread-safe.
 */
public final class CandidateScorer {
    /** Passages and sentences looked at; each sentence costs the embedder a few milliseconds. */
    private static final int PASSAGES = 8;

    private static final int SENTENCES = 80;
    private static final int EMBEDDED_AT_ONCE = 32;
    private static final int MAX_SENTENCE_LENGTH = 1_200;
    private static final int MAX_HEADINGS_LENGTH = 200;

    private final Embedder embedder;
    private final Weights weights;

    /**
     * What each part of a score counts.
     *
     * @param heading share of a word's weight that counts where it stands in title or headings and not in the sentence
     * @param context share that counts where it stands elsewhere in the passage
     * @param focus of the share of the sentence's words that are the question's: of two rows the plainer one
     * @param kind added where the sentence has what the question's form asks for, such as a time or a sum
     * @param fit added where the sentence's ranges hold for a quantity of the question, subtracted where they do not
     * @param aim subtracted where the sentence says what somebody wanted to find out, and nobody asked for that
     * @param outcome added where it tells what came of looking into what the question wants a yes or no to
     */
    public record Weights(
            double similarity,
            double coverage,
            double passage,
            double heading,
            double context,
            double focus,
            double kind,
            double fit,
            double aim,
            double outcome) {
        /** Chosen on the 61 questions of {@code house-rules/fit}; the module's README has the figures. */
        public static final Weights DEFAULT = new Weights(1.0, 0.3, 0.2, 0.9, 0.4, 0.08, 0.12, 0.12, 0.3, 0.2);
    }

    public CandidateScorer(Embedder embedder) {
        this(embedder, Weights.DEFAULT);
    }

    public CandidateScorer(Embedder embedder, Weights weights) {
        this.embedder = embedder;
        this.weights = weights;
    }

    /**
     * The sentences of the best passages, best first.
     *
     * @throws org.cartulary.inference.InferenceFailed when the embedder is not up
     */
    public List<Candidate> score(SearchResult found) {
        List<Place> places = places(found.hits());
        List<float[]> vectors = embed(places);
        float[] question = question(found);
        Wanted wanted = Wanted.by(found.question());
        List<Candidate> candidates = new ArrayList<>(places.size());
        for (int i = 0; i < places.size(); i++) {
            candidates.add(
                    candidate(found, wanted, places.get(i), Vectors.dot(question, vectors.get(i)), vectors.get(i)));
        }
        candidates.sort(Comparator.comparingDouble(Candidate::score).reversed());
        return candidates;
    }

    /** A search by words alone embeds nothing, but the sentences that it found are compared all the same. */
    private float[] question(SearchResult found) {
        return found.queryVector().length > 0 || found.hits().isEmpty()
                ? found.queryVector()
                : new QueryEmbedding(embedder).of(found.question());
    }

    private record Place(Hit hit, int rank, Sentence sentence) {}

    private static List<Place> places(List<Hit> hits) {
        List<Place> places = new ArrayList<>();
        for (int rank = 0; rank < Math.min(PASSAGES, hits.size()); rank++) {
            Hit hit = hits.get(rank);
            for (Sentence sentence : Pieces.of(hit.text(), hit.title() + "\n" + hit.anchor())) {
                if (places.size() < SENTENCES) {
                    places.add(new Place(hit, rank, sentence));
                }
            }
        }
        return places;
    }

    private List<float[]> embed(List<Place> places) {
        List<float[]> vectors = new ArrayList<>(places.size());
        for (int from = 0; from < places.size(); from += EMBEDDED_AT_ONCE) {
            List<String> texts = places.subList(from, Math.min(from + EMBEDDED_AT_ONCE, places.size())).stream()
                    .map(place ->
                            head(headings(place.hit()) + "\n" + place.sentence().text()))
                    .toList();
            vectors.addAll(embedder.embed(texts, Embedder.Input.PASSAGE));
        }
        return vectors;
    }

    /** A rule seldom repeats what it is about: its headings say that, and so they are embedded with it. */
    private static String headings(Hit hit) {
        String anchor = hit.anchor() == null ? "" : "\n" + hit.anchor();
        String headings = hit.title() + anchor;
        return headings.length() <= MAX_HEADINGS_LENGTH ? headings : headings.substring(0, MAX_HEADINGS_LENGTH);
    }

    /** What is longer is no sentence but a table or list without line feeds; its beginning must speak for it. */
    private static String head(String text) {
        return text.length() <= MAX_SENTENCE_LENGTH ? text : text.substring(0, MAX_SENTENCE_LENGTH);
    }

    private Candidate candidate(SearchResult found, Wanted wanted, Place place, double similarity, float[] vector) {
        Hit hit = place.hit();
        Sentence sentence = place.sentence();
        Set<String> own = Wanted.terms(sentence.text());
        Set<String> headings = Wanted.terms(hit.title() + "\n" + hit.anchor());
        Set<String> around = Wanted.terms(hit.text());
        Set<String> held = new HashSet<>();
        double all = 0;
        double covered = 0;
        for (QuestionTerm term : found.terms()) {
            all += term.weight();
            if (own.contains(term.term())) {
                covered += term.weight();
                held.add(term.term());
            } else if (headings.contains(term.term())) {
                covered += weights.heading() * term.weight();
            } else if (around.contains(term.term())) {
                covered += weights.context() * term.weight();
            }
        }
        double coverage = all == 0 ? 0 : covered / all;
        double kind = AnswerKind.share(wanted.kinds(), sentence.text());
        int fit = wanted.fit(sentence.text());
        double relevance = weights.similarity() * similarity
                + weights.coverage() * coverage
                + weights.passage() * hit.scores().fused()
                + weights.focus() * held.size() / Math.max(1, own.size())
                + weights.kind() * kind
                + weights.fit() * fit;
        return new Candidate(
                hit,
                place.rank(),
                sentence.text(),
                hit.start() + sentence.start(),
                hit.start() + sentence.end(),
                vector,
                similarity,
                coverage,
                held,
                relevance,
                relevance
                        - (wanted.saysOnlyAims(sentence.text()) ? weights.aim() : 0)
                        + (wanted.tellsOutcome(sentence.text()) ? weights.outcome() : 0));
    }
}
