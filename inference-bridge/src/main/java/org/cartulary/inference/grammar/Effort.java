package org.cartulary.inference.grammar;

/**
 * The work that one answer may make its grammar do, counted in steps and not in time, so that it ends the same answer
 * at the same place always. What is not used is saved, up to a bound. One thread.
 */
final class Effort {
    /** What a new set of ways costs beside its ways. */
    static final int NEW_SET = 4;

    /** Most steps for one token: a tenth of a second or two. */
    static final int MOST = 1_000_000;

    /** Steps that each token of the answer brings. */
    static final int EACH_TOKEN = 100_000;

    private int left = MOST;
    private long spent;

    void nextToken() {
        left = Math.min(MOST, left + EACH_TOKEN);
    }

    /** @throws org.cartulary.inference.InferenceRefused when it is used up */
    void spend(int steps) {
        spent += steps;
        left -= steps;
        if (left < 0) {
            throw GrammarRefused.tooManyWays();
        }
    }

    /** All steps so far. */
    long spent() {
        return spent;
    }
}
