package org.cartulary.retrieval.answerability;

import java.util.List;
import org.cartulary.retrieval.quote.Candidate;
import org.cartulary.retrieval.quote.ReferenceSearch;
import org.cartulary.retrieval.search.SearchResult;

/**
 * Judges from similarity and from the words found whether passages carry an answer. It does not read: a passage on the
 * right subject that leaves the very point out can pass. Thread-safe.
 */
public final class Answerability {
    private static final int NEAREST = 3;

    private final Calibration calibration;
    private final ReferenceSearch references;

    public Answerability(Calibration calibration, ReferenceSearch references) {
        this.calibration = calibration;
        this.references = references;
    }

    public Calibration calibration() {
        return calibration;
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
        if (found.hits().isEmpty()) {
            return new Judgment.DoesNotCarry(0, List.of());
        }
        double score = calibration.score(features(found, candidates));
        return score >= calibration.threshold()
                ? new Judgment.Carries(score)
                : new Judgment.DoesNotCarry(
                        score, found.hits().stream().limit(NEAREST).toList());
    }
}
