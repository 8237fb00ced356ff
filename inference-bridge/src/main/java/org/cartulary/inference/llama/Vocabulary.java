package org.cartulary.inference.llama;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Sampling;
import org.cartulary.inference.grammar.Gbnf;
import org.cartulary.inference.grammar.GrammarWalk;
import org.cartulary.inference.grammar.TokenTexts;
import org.jspecify.annotations.Nullable;

/** A model's tokens. Thread-safe, as llama.cpp's tokeniser is. */
final class Vocabulary {
    private static final int ATTRIBUTE_CONTROL = 1 << 3;
    private static final int ATTRIBUTE_LEFT_STRIP = 1 << 7;
    private static final int ATTRIBUTE_RIGHT_STRIP = 1 << 8;
    /** Longer than nearly all tokens. */
    private static final int PIECE_BYTES = 256;

    private static final long MAX_TOKEN_BYTES = 1 << 16;

    /**
     * A token with a meaning of its own, such as the end of a turn. Only templates may write one, never a caller.
     *
     * @param eatsSpaceBefore white space before it is dropped
     * @param eatsSpaceAfter white space after it is dropped
     */
    record ControlToken(int id, String text, boolean eatsSpaceBefore, boolean eatsSpaceAfter) {}

    private final LlamaFunctions functions;
    private final MemorySegment handle;
    private final int size;
    private final List<ControlToken> controlTokens;
    private @Nullable TokenTexts texts;

    Vocabulary(LlamaFunctions functions, MemorySegment handle) {
        this.functions = functions;
        this.handle = handle;
        this.size = functions.llamaVocabNTokens(handle);
        this.controlTokens = findControlTokens();
    }

    MemorySegment handle() {
        return handle;
    }

    int size() {
        return size;
    }

    /** Longest text first, so that the first match in a text is the right one. */
    List<ControlToken> controlTokens() {
        return controlTokens;
    }

    boolean endsAnswer(int token) {
        return functions.llamaVocabIsEog(handle, token);
    }

    /** The token that a prompt starts with, where the model wants one. */
    Optional<Integer> beginning() {
        int token = functions.llamaVocabBos(handle);
        return functions.llamaVocabGetAddBos(handle) && token >= 0 ? Optional.of(token) : Optional.empty();
    }

    /** The text of the token that a prompt may start with, or empty where there is none. */
    String beginningText() {
        return text(functions.llamaVocabBos(handle));
    }

    /** The text of the token that ends a turn, or empty where there is none. */
    String endText() {
        return text(functions.llamaVocabEos(handle));
    }

    private String text(int token) {
        return token < 0 ? "" : NativeText.read(functions.llamaVocabGetText(handle, token), MAX_TOKEN_BYTES);
    }

    /** Tokens of plain text; what looks like a control token in it stays text. */
    int[] tokenise(String text) {
        return tokenise(text, false, false);
    }

    /** As {@link #tokenise(String)}, between the special tokens that the model wants around a text. */
    int[] tokeniseWhole(String text) {
        return tokenise(text, true, false);
    }

    private int[] tokenise(String text, boolean addSpecial, boolean named) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment source = arena.allocate(Math.max(1, bytes.length));
            MemorySegment.copy(bytes, 0, source, ValueLayout.JAVA_BYTE, 0, bytes.length);
            // Seldom more than one token a byte, but for the special ones and a space that some put before a text.
            int capacity = bytes.length + 8;
            MemorySegment tokens = arena.allocate(ValueLayout.JAVA_INT, capacity);
            int count = functions.llamaTokenize(handle, source, bytes.length, tokens, capacity, addSpecial, named);
            if (count < 0 && count != Integer.MIN_VALUE) {
                // The negative of what is needed: some characters become several when they are normalised.
                capacity = -count;
                tokens = arena.allocate(ValueLayout.JAVA_INT, capacity);
                count = functions.llamaTokenize(handle, source, bytes.length, tokens, capacity, addSpecial, named);
            }
            if (count < 0) {
                throw new LlamaFault("Tokenising " + bytes.length + " bytes of text failed with code " + count);
            }
            return tokens.asSlice(0, count * 4L).toArray(ValueLayout.JAVA_INT);
        }
    }

    /** The tokens of two texts between those that llama.cpp's server puts around a pair for a cross-encoder. */
    int[] tokenisePair(String query, String passage) {
        int separator = functions.llamaVocabSep(handle);
        int eos = functions.llamaVocabEos(handle);
        int end = eos < 0 ? separator : eos;
        boolean addEnd = functions.llamaVocabGetAddEos(handle) && end >= 0;
        IntStream.Builder tokens = IntStream.builder();
        beginning().ifPresent(tokens::add);
        IntStream.of(tokenise(query)).forEach(tokens::add);
        if (addEnd) {
            tokens.add(end);
        }
        if (functions.llamaVocabGetAddSep(handle) && separator >= 0) {
            tokens.add(separator);
        }
        IntStream.of(tokenise(passage)).forEach(tokens::add);
        if (addEnd) {
            tokens.add(end);
        }
        return tokens.build().toArray();
    }

    /** The bytes that a token stands for; not always whole characters. Control tokens stand for none. */
    byte[] piece(int token) {
        try (Arena arena = Arena.ofConfined()) {
            return piece(token, arena.allocate(PIECE_BYTES));
        }
    }

    private byte[] piece(int token, MemorySegment buffer) {
        int room = (int) buffer.byteSize();
        int length = functions.llamaTokenToPiece(handle, token, buffer, room, 0, false);
        if (length < 0) {
            try (Arena arena = Arena.ofConfined()) {
                return piece(token, arena.allocate(-length));
            }
        }
        return buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }

    /** All tokens by what they write, for grammars; made when it is first wanted. */
    synchronized TokenTexts texts() {
        TokenTexts made = texts;
        if (made == null) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment buffer = arena.allocate(PIECE_BYTES);
                made = TokenTexts.of(size, token -> piece(token, buffer), this::endsAnswer);
            }
            texts = made;
        }
        return made;
    }

    /**
     * The grammar that an answer follows, or null where it is free.
     *
     * @throws InferenceRefused when it cannot be used
     */
    @Nullable
    Gbnf grammar(Sampling sampling) {
        String gbnf = sampling.grammar();
        if (gbnf == null) {
            return null;
        }
        Gbnf grammar = Gbnf.parse(gbnf, this::named);
        // Made on the thread of the first who needs them, and not on the engine's.
        var _ = texts();
        return grammar;
    }

    /** The beginning of an answer under a grammar, or null without one. */
    @Nullable
    GrammarWalk walk(@Nullable Gbnf grammar) {
        return grammar == null ? null : new GrammarWalk(grammar, texts());
    }

    private OptionalInt named(String name) {
        int[] tokens = tokenise(name, false, true);
        return tokens.length == 1 ? OptionalInt.of(tokens[0]) : OptionalInt.empty();
    }

    /** As {@link #piece}, each byte 0 to 255. */
    List<Integer> bytes(int token) {
        List<Integer> bytes = new ArrayList<>();
        for (byte one : piece(token)) {
            bytes.add(Byte.toUnsignedInt(one));
        }
        return bytes;
    }

    private List<ControlToken> findControlTokens() {
        List<ControlToken> found = new ArrayList<>();
        for (int token = 0; token < size; token++) {
            int attributes = functions.llamaVocabGetAttr(handle, token);
            if ((attributes & ATTRIBUTE_CONTROL) != 0) {
                String text = NativeText.read(functions.llamaVocabGetText(handle, token), MAX_TOKEN_BYTES);
                if (!text.isEmpty()) {
                    found.add(new ControlToken(
                            token,
                            text,
                            (attributes & ATTRIBUTE_LEFT_STRIP) != 0,
                            (attributes & ATTRIBUTE_RIGHT_STRIP) != 0));
                }
            }
        }
        found.sort(Comparator.comparingInt((ControlToken token) -> token.text().length())
                .reversed());
        return List.copyOf(found);
    }
}
