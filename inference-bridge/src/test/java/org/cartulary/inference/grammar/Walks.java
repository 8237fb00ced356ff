package org.cartulary.inference.grammar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Walks over a small vocabulary: the end of an answer, one that writes nothing, all bytes, and some words. */
final class Walks {
    static final int END = 0;
    private static final int FIRST_BYTE = 2;

    private static final List<String> WORDS = List.of("ab", "abc", "yes", "no", " the", "ü", "€", "aaaaaaaaaaaaaaaa");

    static final TokenTexts TEXTS = TokenTexts.of(FIRST_BYTE + 256 + WORDS.size(), Walks::text, token -> token == END);

    private Walks() {}

    static Gbnf parse(String gbnf) {
        return Gbnf.parse(gbnf, name -> name.equals("<yes>") ? OptionalInt.of(word("yes")) : OptionalInt.empty());
    }

    static GrammarWalk of(String gbnf) {
        return new GrammarWalk(parse(gbnf), TEXTS);
    }

    /** The token of a byte. */
    static int token(int value) {
        return FIRST_BYTE + value;
    }

    /** The token of a word. */
    static int word(String word) {
        return FIRST_BYTE + 256 + WORDS.indexOf(word);
    }

    /** Whether the grammar lets a text through, byte by byte, to its end. */
    static boolean accepts(String gbnf, String text) {
        GrammarWalk walk = of(gbnf);
        return write(walk, text) && walk.allows(END);
    }

    /** Takes the walk through a text, as far as it goes. */
    static boolean write(GrammarWalk walk, String text) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            int token = token(b & 0xFF);
            if (!walk.allows(token)) {
                return false;
            }
            walk.accept(token);
        }
        return true;
    }

    /** What may come next, by one token after the other. */
    static List<Integer> allowed(GrammarWalk walk) {
        List<Integer> allowed = new ArrayList<>();
        for (int token = 0; token < TEXTS.size(); token++) {
            if (walk.allows(token)) {
                allowed.add(token);
            }
        }
        return allowed;
    }

    /** What may come next, all at once. */
    static List<Integer> restricted(GrammarWalk walk) {
        float[] logits = new float[TEXTS.size()];
        walk.restrict(logits);
        List<Integer> allowed = new ArrayList<>();
        for (int token = 0; token < logits.length; token++) {
            if (logits[token] == 0) {
                allowed.add(token);
            }
        }
        return allowed;
    }

    private static byte[] text(int token) {
        if (token < FIRST_BYTE) {
            return new byte[0];
        }
        return token < FIRST_BYTE + 256
                ? new byte[] {(byte) (token - FIRST_BYTE)}
                : WORDS.get(token - FIRST_BYTE - 256).getBytes(StandardCharsets.UTF_8);
    }
}
