package org.cartulary.retrieval.answerability;

import java.util.List;
import org.cartulary.retrieval.quote.Candidate;
import org.cartulary.retrieval.search.SearchResult;

/**
 * Judges from similarity and from the words found whether passages carry an answer. It does not read: a passage on the
 * right subject that leaves the very point out can pass. Thread-safe.
 */
public final class Answerability {
    private static final int NEAREST = 3;

    private final Calibration calibration;

    public Answerability(Calibration calibration) {
        this.calibration = calibration;
    }

    public Calibration calibration() {
        return calibration;
    }

    /**
     * Judges a search.
     *
     * @param candidates of the same search
     */
    public Judgment judge(SearchResult found, List<Candidate> candidates) {
        if (found.hits().isEmpty()) {
            return new Judgment.DoesNotCarry(0, List.of());
        }
        double score = calibration.score(Features.of(found, candidates));
        return score >= calibration.threshold()
                ? new Judgment.Carries(score)
                : new Judgment.DoesNotCarry(
                        score, found.hits().stream().limit(NEAREST).toList());
    }
}
