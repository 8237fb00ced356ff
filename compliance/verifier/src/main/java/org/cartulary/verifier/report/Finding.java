package org.cartulary.verifier.report;

/**
 * One thing that did not hold.
 *
 * @param where the file, entry or offset
 * @param expected what should stand there
 * @param found what stands there
 */
public record Finding(String where, String expected, String found) {
    private static final int LONGEST_QUOTE_CHARS = 160;

    /** Quotes foreign text for a finding: one line, at most 160 characters, control characters made visible. */
    public static String quoted(String text) {
        StringBuilder shown = new StringBuilder("\"");
        for (int i = 0; i < text.length() && i < LONGEST_QUOTE_CHARS; i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) ? "\\u%04x".formatted((int) c) : c);
        }
        return shown.append(text.length() > LONGEST_QUOTE_CHARS ? "…\"" : "\"").toString();
    }

    @Override
    public String toString() {
        return where + ": expected " + expected + ", found " + found;
    }
}
