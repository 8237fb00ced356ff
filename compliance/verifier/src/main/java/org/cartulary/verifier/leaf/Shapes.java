package org.cartulary.verifier.leaf;

import java.util.Set;
import java.util.function.IntPredicate;

/** Shapes of the short texts in leaves. Plain loops, as they run for every field of every entry. */
final class Shapes {
    private static final Set<String> ACTS = Set.of("ask", "search", "open", "chat-completions", "embeddings", "rerank");
    private static final int UUID_CHARS = 36;
    private static final int ACTOR_CHARS = 22; // 16 bytes in base64url without padding

    private Shapes() {}

    static boolean isAct(String text) {
        return ACTS.contains(text);
    }

    static boolean isSha256Hex(String text) {
        return text.length() == 64 && all(text, Shapes::isHexDigit);
    }

    static boolean isUuid(String text) {
        if (text.length() != UUID_CHARS) {
            return false;
        }
        for (int i = 0; i < UUID_CHARS; i++) {
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            if (hyphen ? text.charAt(i) != '-' : !isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean isGeneration(String text) {
        return isBetween(text, 128) && all(text, c -> isLetter(c) || isDigit(c) || "._:+/@-".indexOf(c) >= 0);
    }

    static boolean isVersion(String text) {
        return isBetween(text, 64) && all(text, c -> isLetter(c) || isDigit(c) || c == '.' || c == '+' || c == '-');
    }

    static boolean isCode(String text) {
        return isBetween(text, 64) && isLower(text.charAt(0)) && all(text, c -> isLower(c) || isDigit(c) || c == '-');
    }

    /** Whether a text is a pseudonym: 16 bytes in base64url (RFC 4648 section 5) without padding. */
    static boolean isPseudonym(String text) {
        return text.length() == ACTOR_CHARS
                && all(text, c -> isLetter(c) || isDigit(c) || c == '-' || c == '_')
                && "AQgw".indexOf(text.charAt(ACTOR_CHARS - 1)) >= 0; // the last character carries two bits
    }

    /** Whether a text may name a sealed value. */
    static boolean isFieldName(String text) {
        return isBetween(text, 32) && isLetter(text.charAt(0)) && all(text, c -> isLetter(c) || isDigit(c));
    }

    private static boolean isBetween(String text, int longest) {
        return !text.isEmpty() && text.length() <= longest;
    }

    private static boolean all(String text, IntPredicate allowed) {
        for (int i = 0; i < text.length(); i++) {
            if (!allowed.test(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHexDigit(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'f');
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLower(int c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isLetter(int c) {
        return isLower(c) || (c >= 'A' && c <= 'Z');
    }
}
