package org.cartulary.retrieval.answerability;

import java.util.List;
import java.util.function.Supplier;
import org.cartulary.retrieval.quote.Candidate;
import org.cartulary.retrieval.quote.ReferenceSearch;
import org.cartulary.retrieval.search.SearchResult;

/**
 * Judges from similarity and from the words found whether passages carry an answer. It does not read: a passage on the
 * right subject that leaves the very point out can pass. Thread-safe.
 */
public final class Answerability {
    private static final int NEAREST = 3;

    private final Supplier<Calibration> calibration;
    private final ReferenceSearch references;

    /** @param calibration the one that counts, asked for at each judgment */
    public Answerability(Supplier<Calibration> calibration, ReferenceSearch references) {
        this.calibration = calibration;
        this.references = references;
    }

    /** What the judgment of a search looks at. */
    public Features features(SearchResult found, List<Candidate> candidates) {
        boolean followed = !candidates.isEmpty()
                && references.follow(found, candidates.getFirst()).isPresent();
        return Features.of(found, candidates, followed);
    }

    /**
     * Judges a search.
     *
     * @param candidates of the same search
     */
    public Judgment judge(SearchResult found, List<Candidate> candidates) {
        Calibration counting = calibration.get();
        if (found.hits().isEmpty()) {
            return new Judgment.DoesNotCarry(0, counting, List.of());
        }
        double score = counting.score(features(found, candidates));
        return score >= counting.threshold()
                ? new Judgment.Carries(score, counting)
                : new Judgment.DoesNotCarry(
                        score, counting, found.hits().stream().limit(NEAREST).toList());
    }
}
