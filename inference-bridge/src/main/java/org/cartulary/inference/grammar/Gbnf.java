package org.cartulary.inference.grammar;

import java.util.OptionalInt;
import java.util.function.Function;
import org.cartulary.inference.InferenceRefused;

/**
 * A grammar in llama.cpp's notation (GBNF), read and checked. Immutable; a {@link GrammarWalk} takes an answer through
 * it.
 *
 * <p>What llama.cpp reads is read with the same meaning, in time that grows with the length of the text, where its own
 * parser takes exponential time, overflows its stack, or prints the grammar. Counts of repetitions are kept exactly, up
 * to {@link #MAX_REPETITIONS}, and cost nothing; llama.cpp forgets an upper bound beyond 2,000.
 */
public final class Gbnf {
    /** Longest grammar, in characters. */
    public static final int MAX_LENGTH = 65_536;

    /** Deepest nesting of parentheses. */
    public static final int MAX_DEPTH = 64;

    /** Highest count of a repetition. */
    public static final int MAX_REPETITIONS = 65_536;

    /** The rule that an answer follows. */
    static final String ROOT = "root";

    private final RuleTable rules;

    private Gbnf(RuleTable rules) {
        this.rules = rules;
    }

    /**
     * Reads a grammar.
     *
     * @param tokens the id of the token whose name stands between angle brackets in the grammar, brackets included
     * @throws InferenceRefused telling the place and what was expected there, a rule that is missing, or one that comes
     *     back to itself before any character; never more of the text than a rule's name
     */
    public static Gbnf parse(String source, Function<String, OptionalInt> tokens) {
        if (source.isBlank()) {
            throw GrammarRefused.because("is empty");
        }
        if (source.length() > MAX_LENGTH || source.indexOf('\0') >= 0) {
            throw GrammarRefused.because(
                    "has " + source.length() + " characters or holds a NUL; at most " + MAX_LENGTH + " are possible");
        }
        return new Gbnf(new GbnfParser(source, tokens).parse());
    }

    RuleTable rules() {
        return rules;
    }
}
