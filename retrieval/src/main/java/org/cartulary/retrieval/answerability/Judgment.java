package org.cartulary.retrieval.answerability;

import java.util.List;
import org.cartulary.retrieval.search.Hit;

/** Whether the passages found carry an answer. */
public sealed interface Judgment {
    /**
     * How it was judged.
     *
     * @param score 0 to 1; from the calibration's threshold on passages are held to carry an answer
     */
    record Judged(double score, Calibration calibration) {}

    /** They do. */
    record Carries(Judged judged) implements Judgment {}

    /**
     * They do not.
     *
     * @param nearest the passages that come nearest, best first; empty when nothing was found
     */
    record DoesNotCarry(Judged judged, List<Hit> nearest) implements Judgment {
        public DoesNotCarry {
            nearest = List.copyOf(nearest);
        }
    }

    /**
     * It cannot be judged: no calibration counts for the embedder of the index that was searched, and scores of another say
     * nothing about its similarities.
     *
     * @param embedderSha256 of that embedder
     * @param nearest as of {@link DoesNotCarry}
     */
    record NotCalibrated(String embedderSha256, List<Hit> nearest) implements Judgment {
        public NotCalibrated {
            nearest = List.copyOf(nearest);
        }
    }
}
