package org.cartulary.retrieval.answerability;

import java.util.List;
import org.cartulary.retrieval.search.Hit;

/** Whether the passages found carry an answer. */
public sealed interface Judgment {
    /** 0 to 1; from the calibration's threshold on they do. */
    double score();

    /** What the score was judged by. */
    Calibration calibration();

    /** They do. */
    record Carries(double score, Calibration calibration) implements Judgment {}

    /**
     * They do not.
     *
     * @param nearest the passages that come nearest, best first; empty when nothing was found
     */
    record DoesNotCarry(double score, Calibration calibration, List<Hit> nearest) implements Judgment {
        public DoesNotCarry {
            nearest = List.copyOf(nearest);
        }
    }
}
