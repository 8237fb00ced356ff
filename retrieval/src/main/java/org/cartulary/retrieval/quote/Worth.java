package org.cartulary.retrieval.quote;

/** Which pieces of text can stand as a quote by themselves. */
final class Worth {
    private static final int LEAST_WORDS = 3;

    private Worth() {}

    /** Whether a piece says something: headings, page numbers and questions do not. */
    static boolean quoting(String text) {
        return text.split("\\s+", -1).length >= LEAST_WORDS
                && !text.startsWith("#")
                && !text.endsWith("?")
                && !isHeading(text);
    }

    private static boolean isHeading(String text) {
        char last = text.charAt(text.length() - 1);
        boolean open = Character.isLetter(last);
        boolean cells = text.indexOf('|') >= 0 || text.indexOf('\t') >= 0;
        return last == ':' || (open && !cells && text.split("\\s+", -1).length <= 4);
    }
}
