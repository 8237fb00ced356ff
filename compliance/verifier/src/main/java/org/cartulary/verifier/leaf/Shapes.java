package org.cartulary.verifier.leaf;

import java.util.Set;

/** Shapes of the short texts in leaves. Plain loops, as they run for every field of every entry. */
final class Shapes {
    private static final Set<String> ACTS = Set.of("ask", "search", "open", "chat-completions", "embeddings", "rerank");
    private static final int UUID_CHARS = 36;
    private static final int HASH_CHARS = 44;
    private static final int ACTOR_CHARS = 22; // 16 bytes in base64url without padding

    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String DIGITS = "0123456789";
    private static final boolean[] HEX = of(DIGITS + "abcdef");
    private static final boolean[] ALPHANUMERIC = of(DIGITS + LOWER + UPPER);
    private static final boolean[] GENERATION = of(DIGITS + LOWER + UPPER + "._:+/@-");
    private static final boolean[] ORIGIN = of(DIGITS + LOWER + UPPER + "._/-");
    private static final boolean[] BASE64 = of(DIGITS + LOWER + UPPER + "+/");
    private static final boolean[] VERSION = of(DIGITS + LOWER + UPPER + ".+-");
    private static final boolean[] CODE = of(DIGITS + LOWER + "-");
    private static final boolean[] BASE64_URL = of(DIGITS + LOWER + UPPER + "-_");

    private Shapes() {}

    static boolean isAct(String text) {
        return ACTS.contains(text);
    }

    static boolean isSha256Hex(String text) {
        return text.length() == 64 && all(text, HEX);
    }

    static boolean isUuid(String text) {
        if (text.length() != UUID_CHARS) {
            return false;
        }
        for (int i = 0; i < UUID_CHARS; i++) {
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            if (hyphen ? text.charAt(i) != '-' : !is(text.charAt(i), HEX)) {
                return false;
            }
        }
        return true;
    }

    static boolean isGeneration(String text) {
        return isBetween(text, 128) && all(text, GENERATION);
    }

    static boolean isOrigin(String text) {
        return isBetween(text, 128) && all(text, ORIGIN);
    }

    /** Whether a text may be 32 bytes in base64. */
    static boolean isHash(String text) {
        return text.length() == HASH_CHARS && text.endsWith("=") && all(text.substring(0, HASH_CHARS - 1), BASE64);
    }

    /** Whether a text may be a vkey: name, id, and so many characters of base64. */
    static boolean isVkey(String text, int chars) {
        String[] parts = text.split("\\+", 3);
        return parts.length == 3
                && isOrigin(parts[0])
                && parts[1].length() == 8
                && all(parts[1], HEX)
                && parts[2].length() == chars
                && all(parts[2].replaceFirst("={0,2}$", ""), BASE64);
    }

    static boolean isVersion(String text) {
        return isBetween(text, 64) && all(text, VERSION);
    }

    static boolean isCode(String text) {
        return isBetween(text, 64) && LOWER.indexOf(text.charAt(0)) >= 0 && all(text, CODE);
    }

    /** Whether a text is a pseudonym: 16 bytes in base64url (RFC 4648 section 5) without padding. */
    static boolean isPseudonym(String text) {
        return text.length() == ACTOR_CHARS
                && all(text, BASE64_URL)
                && "AQgw".indexOf(text.charAt(ACTOR_CHARS - 1)) >= 0; // the last character carries two bits
    }

    /** Whether a text may name a sealed value. */
    static boolean isFieldName(String text) {
        return isBetween(text, 32) && DIGITS.indexOf(text.charAt(0)) < 0 && all(text, ALPHANUMERIC);
    }

    private static boolean isBetween(String text, int longest) {
        return !text.isEmpty() && text.length() <= longest;
    }

    private static boolean all(String text, boolean[] allowed) {
        for (int i = 0; i < text.length(); i++) {
            if (!is(text.charAt(i), allowed)) {
                return false;
            }
        }
        return true;
    }

    private static boolean is(char c, boolean[] allowed) {
        return c < allowed.length && allowed[c];
    }

    /** A table by character: quicker than asking for each of them in words. */
    private static boolean[] of(String characters) {
        boolean[] table = new boolean[128];
        characters.chars().forEach(c -> table[c] = true);
        return table;
    }
}
