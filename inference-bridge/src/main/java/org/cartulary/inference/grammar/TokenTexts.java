package org.cartulary.inference.grammar;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The bytes of a model's tokens, sorted, so that what many begin with is read once. Made once for each model, immutable,
 * about 20 bytes a token.
 */
public final class TokenTexts {
    private static final int NOWHERE = -1;

    private final int size;

    /** Tokens that write something, by their bytes. */
    private final int[] tokens;

    /** Where the bytes of each begin; one more than there are tokens. */
    private final int[] starts;

    private final byte[] bytes;

    /** How many bytes each has in common with the one before it. */
    private final int[] shared;

    private final int[] places;
    private final int longest;
    private final BitSet ends;
    private final BitSet whole = new BitSet();

    private TokenTexts(int size, int[] tokens, byte[][] texts, BitSet ends) {
        this.size = size;
        this.tokens = tokens;
        this.ends = ends;
        this.starts = new int[tokens.length + 1];
        this.shared = new int[tokens.length];
        this.places = new int[size];
        Arrays.fill(places, NOWHERE);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] before = {};
        int most = 0;
        for (int i = 0; i < tokens.length; i++) {
            byte[] text = texts[tokens[i]];
            int mismatch = Arrays.mismatch(before, text);
            shared[i] = mismatch < 0 ? text.length : mismatch;
            places[tokens[i]] = i;
            all.writeBytes(text);
            starts[i + 1] = all.size();
            most = Math.max(most, text.length);
            whole.set(tokens[i], isWhole(text));
            before = text;
        }
        this.bytes = all.toByteArray();
        this.longest = most;
    }

    /**
     * Sorts the tokens of a vocabulary.
     *
     * @param text the bytes that a token writes; none for control tokens
     * @param endsAnswer whether an answer ends with the token; its text counts for nothing then
     */
    public static TokenTexts of(int size, IntFunction<byte[]> text, IntPredicate endsAnswer) {
        byte[][] texts = new byte[size][];
        BitSet ends = new BitSet();
        for (int token = 0; token < size; token++) {
            ends.set(token, endsAnswer.test(token));
            texts[token] = ends.get(token) ? new byte[0] : text.apply(token);
        }
        int[] sorted = IntStream.range(0, size)
                .filter(token -> texts[token].length > 0)
                .boxed()
                .sorted(Comparator.comparing((Integer token) -> texts[token], Arrays::compareUnsigned))
                .mapToInt(Integer::intValue)
                .toArray();
        return new TokenTexts(size, sorted, texts, ends);
    }

    private static boolean isWhole(byte[] text) {
        int read = Utf8.NONE;
        for (int i = 0; i < text.length && read != Utf8.INVALID; i++) {
            read = Utf8.read(read, text[i]);
        }
        return read != Utf8.INVALID && Utf8.isWhole(read);
    }

    /** How many tokens the vocabulary has, with those that write nothing. */
    int size() {
        return size;
    }

    /** How many tokens write something. */
    int count() {
        return tokens.length;
    }

    int longest() {
        return longest;
    }

    int token(int place) {
        return tokens[place];
    }

    int shared(int place) {
        return shared[place];
    }

    /** Where the bytes begin that are at that place. */
    int start(int place) {
        return starts[place];
    }

    int length(int place) {
        return starts[place + 1] - starts[place];
    }

    byte at(int offset) {
        return bytes[offset];
    }

    /** Where the token stands, or a negative number where it writes nothing. */
    int place(int token) {
        return token < 0 || token >= size ? NOWHERE : places[token];
    }

    /** Tokens that end an answer. */
    BitSet ends() {
        return ends;
    }

    /** Tokens that consist of whole characters. */
    BitSet whole() {
        return whole;
    }
}
