package org.cartulary.retrieval.answerability;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.cartulary.inference.Embedder;
import org.cartulary.retrieval.quote.Candidate;
import org.cartulary.retrieval.quote.ReferenceSearch;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.SearchResult;

/**
 * Judges from similarity and from the words found whether passages carry an answer. It does not read: a passage on the
 * right subject that leaves the very point out can pass. Thread-safe.
 */
public final class Answerability {
    private static final int NEAREST = 3;

    private final Function<String, Optional<Calibration>> calibrations;
    private final Embedder embedder;
    private final ReferenceSearch references;

    /**
     * @param calibrations gives the one that counts for an embedder, by its hash; asked at each judgment
     * @param embedder the one that the searches that are judged were made with
     */
    public Answerability(
            Function<String, Optional<Calibration>> calibrations, Embedder embedder, ReferenceSearch references) {
        this.calibrations = calibrations;
        this.embedder = embedder;
        this.references = references;
    }

    /** What the judgment of a search looks at. */
    static Features features(SearchResult found, List<Candidate> candidates, ReferenceSearch references) {
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
        String sha256 = embedder.model().sha256();
        List<Hit> nearest = found.hits().stream().limit(NEAREST).toList();
        // Whoever hands one of another embedder out is as wrong as nobody.
        Optional<Calibration> counting = calibrations
                .apply(sha256)
                .filter(one -> one.origin().embedderSha256().equals(sha256));
        return counting.<Judgment>map(calibration -> judge(found, candidates, nearest, calibration))
                .orElseGet(() -> new Judgment.NotCalibrated(sha256, nearest));
    }

    private Judgment judge(SearchResult found, List<Candidate> candidates, List<Hit> nearest, Calibration calibration) {
        double score = nearest.isEmpty() ? 0 : calibration.score(features(found, candidates, references));
        Judgment.Judged judged = new Judgment.Judged(score, calibration);
        return !nearest.isEmpty() && score >= calibration.threshold()
                ? new Judgment.Carries(judged)
                : new Judgment.DoesNotCarry(judged, nearest);
    }
}
