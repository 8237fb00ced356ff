package org.cartulary.inference.template;

/**
 * A word of a template.
 *
 * @param text of a name or an operator, or the characters of a string or of the text between tags
 * @param value of a number: a Long or a Double
 */
record Token(Kind kind, String text, Object value, int line) {
    enum Kind {
        TEXT,
        OUTPUT_BEGIN,
        OUTPUT_END,
        TAG_BEGIN,
        TAG_END,
        NAME,
        STRING,
        NUMBER,
        OPERATOR,
        END
    }

    boolean is(Kind expected, String word) {
        return kind == expected && text.equals(word);
    }

    @Override
    public String toString() {
        return kind == Kind.END ? "the end of the template" : "'" + text + "'";
    }
}
