package org.cartulary.inference;

import java.util.Locale;

/**
 * How a replay compares with its record. An answer made beside others, or on a prompt that was partly read before, can
 * differ in the last bits of its numbers; only what was made in the replay lane must repeat.
 *
 * @param sameTokens leading tokens of the record that came again
 * @param recordedTokens tokens of the recorded answer
 * @param kernel engine, release and CPU variant that replayed
 * @param threads that computed
 */
public record Replayed(Grade grade, int sameTokens, int recordedTokens, String kernel, int threads) {
    /** The outcome in one word. */
    public enum Grade {
        /** Every token came again. */
        IDENTICAL,
        /** The first tokens came again, as many as {@link Replayed#sameTokens} says. */
        SAME_TO_TOKEN,
        /** The first token was another already. */
        DIVERGED
    }

    /** In words: {@code identical}, {@code same to token 7}, {@code diverged}. */
    public String words() {
        return grade == Grade.SAME_TO_TOKEN
                ? "same to token " + sameTokens
                : grade.name().toLowerCase(Locale.ROOT);
    }
}
