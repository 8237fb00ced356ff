package org.cartulary.inference.grammar;

/**
 * A part of an alternative of a rule.
 *
 * @param value the rule's number, the number of a set of characters, or the token's id
 * @param least how often it stands at least
 * @param most how often at most; {@link #UNBOUNDED} for without end
 */
record Element(Kind kind, int value, int least, int most) {
    static final int UNBOUNDED = Integer.MAX_VALUE;

    /** Stands after the last element of each alternative. */
    static final Element END = new Element(Kind.END, 0, 0, 0);

    enum Kind {
        END,
        RULE,
        CHARACTERS,
        TOKEN,
        OTHER_TOKEN
    }

    static Element once(Kind kind, int value) {
        return new Element(kind, value, 1, 1);
    }

    boolean isOnce() {
        return least == 1 && most == 1;
    }

    Element times(int fewest, int mostTimes) {
        return new Element(kind, value, fewest, mostTimes);
    }

    boolean isRule() {
        return kind == Kind.RULE;
    }

    boolean isEnd() {
        return kind == Kind.END;
    }
}
