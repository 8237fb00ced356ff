package org.cartulary.inference.template;

/**
 * How much one rendering may still do. Counts instead of clocks, so that a template is refused on every machine or on
 * none. One thread.
 */
final class Budget {
    /** Longest template, in characters. The longest public one has some 25,000. */
    static final int MAX_TEMPLATE = 262_144;

    /** Longest text that an expression or a rendering may make, in characters. */
    static final int MAX_TEXT = 2 << 20;

    /** Longest list. */
    static final int MAX_ELEMENTS = 100_000;

    /** Deepest nesting of statements and brackets in the source, and of values in each other. */
    static final int MAX_NESTING = 100;

    /** Deepest nesting at work: of statements, of the parts of expressions, and of macros that call each other. */
    private static final int MAX_DEPTH = 400;

    /** Steps: one for each node evaluated and for 16 characters read or written, four for each element of a list. */
    private static final long MAX_STEPS = 3_000_000;

    /** Characters in all texts that are made on the way; with the steps it keeps a rendering below some 150 MB. */
    private static final long MAX_CHARACTERS = 32L << 20;

    private long left = MAX_STEPS;
    private long characters;
    private int depth;

    void step() {
        spend(1);
    }

    void spend(long steps) {
        left -= steps;
        if (left < 0) {
            throw TemplateRefused.limit("it takes more than " + MAX_STEPS + " steps");
        }
    }

    /** Pays for a text of that length before it is made. */
    void text(long length) {
        if (length > MAX_TEXT) {
            throw TemplateRefused.limit("it makes a text of more than " + MAX_TEXT + " characters");
        }
        characters += length;
        if (characters > MAX_CHARACTERS) {
            throw TemplateRefused.limit("it makes texts of more than " + MAX_CHARACTERS + " characters together");
        }
        spend(1 + length / 16);
    }

    /** Pays for going through a text, whatever comes of it, or for a name that is looked up. */
    void read(long length) {
        spend(length / 16);
    }

    /** Pays for looking for one text in another; a long needle can cost a look at each of its characters each time. */
    void search(int haystack, int needle) {
        long factor = needle <= 64 ? 1 : needle / 64;
        spend(1 + haystack / 16 * factor);
    }

    /** Pays for a list of that length before it is made. */
    void elements(long count) {
        requireElements(count);
        spend(1 + 4 * count);
    }

    static void requireElements(long count) {
        if (count > MAX_ELEMENTS) {
            throw TemplateRefused.limit("it makes a list of more than " + MAX_ELEMENTS + " elements");
        }
    }

    void enter() {
        step();
        if (++depth > MAX_DEPTH) {
            throw TemplateRefused.limit("it nests deeper than " + MAX_DEPTH + " when it works");
        }
    }

    void leave() {
        depth--;
    }

    static void requireNesting(int depth) {
        if (depth > MAX_NESTING) {
            throw TemplateRefused.limit("it nests deeper than " + MAX_NESTING);
        }
    }
}
