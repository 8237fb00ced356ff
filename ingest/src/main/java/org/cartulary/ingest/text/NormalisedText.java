package org.cartulary.ingest.text;

import java.text.Normalizer;
import java.util.Map;

/**
 * Text in one form: Unicode NFC (UAX #15), Latin ligatures spelled out, invisible and control characters gone, each run
 * of white space one space, none at the ends. Applying it twice changes nothing.
 */
public final class NormalisedText {
    private static final Map<Integer, String> REPLACED = Map.of(
            0xFB00, "ff",
            0xFB01, "fi",
            0xFB02, "fl",
            0xFB03, "ffi",
            0xFB04, "ffl",
            0xFB05, "st",
            0xFB06, "st",
            // Word's bullet in the Symbol font, a private-use character elsewhere.
            0xF0B7, "•");

    private NormalisedText() {}

    public static String of(String raw) {
        StringBuilder kept = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            int codePoint = raw.codePointAt(i);
            i += Character.charCount(codePoint) - 1;
            if (codePoint > ' ' && codePoint < 0x7F) {
                kept.append((char) codePoint);
            } else {
                append(kept, codePoint);
            }
        }
        return folded(Normalizer.normalize(kept, Normalizer.Form.NFC));
    }

    private static void append(StringBuilder kept, int codePoint) {
        String replacement = REPLACED.get(codePoint);
        if (replacement != null) {
            kept.append(replacement);
        } else if (isSpace(codePoint)) {
            kept.append(' ');
        } else if (!isDropped(codePoint)) {
            kept.appendCodePoint(codePoint);
        }
    }

    private static boolean isSpace(int codePoint) {
        return codePoint == 0x85 || Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }

    /** Zero-width joiners stay: Arabic, Indic scripts and emoji need them. */
    private static boolean isDropped(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED -> true;
            case Character.FORMAT -> codePoint != 0x200C && codePoint != 0x200D;
            default -> codePoint == 0xFFFD;
        };
    }

    private static String folded(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean repeats = c == ' ' && (folded.isEmpty() || folded.charAt(folded.length() - 1) == ' ');
            if (!repeats) {
                folded.append(c);
            }
        }
        int end = folded.length();
        return end > 0 && folded.charAt(end - 1) == ' ' ? folded.substring(0, end - 1) : folded.toString();
    }
}
