package org.cartulary.appliance.accounts;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which passwords are taken, after NIST SP 800-63B-4, section 3.1.1: length counts, kinds of characters do not; what is
 * common, or about the house or the person, is refused; nobody has to change his password without a reason. Thread-safe.
 */
final class PasswordRules {
    /** Where the password is all that somebody signs in with. */
    static final int MIN_LENGTH = 15;

    /** Where a second factor goes with it. */
    static final int MIN_LENGTH_WITH_SECOND_FACTOR = 8;

    static final int MAX_LENGTH = 256;

    /** Of 4: "safely unguessable", or 10^8 guesses. */
    private static final int MIN_SCORE = 3;

    /** The measure takes time that grows faster than the text; what lies beyond does not make it weaker. */
    private static final int MEASURED = 64;

    private static final Zxcvbn MEASURE = new Zxcvbn();

    private PasswordRules() {}

    /** As it is hashed: the same password however a keyboard composes it (NFKC). */
    static String normalised(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    /**
     * Why a password is not taken; empty where it is.
     *
     * @param password normalised
     * @param secondFactor whether one goes with it
     * @param about names that are no secret: of the person, of the house
     */
    static Optional<String> refusal(String password, boolean secondFactor, List<String> about) {
        int least = secondFactor ? MIN_LENGTH_WITH_SECOND_FACTOR : MIN_LENGTH;
        int length = password.codePointCount(0, password.length());
        if (length < least) {
            return Optional.of("A password has at least " + least + " characters, but this one has " + length
                    + ": a few words in a row are easy to remember.");
        }
        if (length > MAX_LENGTH) {
            return Optional.of(
                    "A password has at most " + MAX_LENGTH + " characters, but this one has " + length + ".");
        }
        List<String> known = new ArrayList<>(about);
        known.add("cartulary");
        String measured = password.substring(0, password.offsetByCodePoints(0, Math.min(length, MEASURED)));
        return MEASURE.measure(measured, known).getScore() < MIN_SCORE
                ? Optional.of("This password is easy to guess, because it is common, repeats itself, or is about you:"
                        + " a few words that do not belong together are better.")
                : Optional.empty();
    }
}
