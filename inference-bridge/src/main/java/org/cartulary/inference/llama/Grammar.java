package org.cartulary.inference.llama;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;

/**
 * A GBNF grammar and how far an answer has come in it. Used by one thread.
 *
 * <p>llama.cpp ends the process when it is told to accept a token that the grammar forbids, so {@link #accept} asks
 * first, always.
 */
final class Grammar implements AutoCloseable {
    /** Longest grammar, in characters. */
    static final int MAX_LENGTH = 65_536;

    /** Deepest nesting of parentheses: the native parser recurses. */
    static final int MAX_DEPTH = 64;

    private final Arena arena = Arena.ofConfined();
    private final LlamaFunctions functions;
    private final MemorySegment handle;
    private final MemorySegment candidates;
    private final MemorySegment array;
    private final int vocabularySize;

    /** llama.cpp takes the names of control tokens for text here, so that a model could fill a text with nothing. */
    private final BitSet wordless = new BitSet();

    /** @throws InferenceRefused when it cannot be parsed, has no rule {@code root}, or recurses at its left */
    Grammar(LlamaFunctions functions, Vocabulary vocabulary, String gbnf) {
        requireBounded(gbnf);
        this.functions = functions;
        this.vocabularySize = vocabulary.size();
        this.handle = functions.llamaSamplerInitGrammar(
                vocabulary.handle(), arena.allocateFrom(gbnf), arena.allocateFrom("root"));
        if (handle.equals(MemorySegment.NULL)) {
            arena.close();
            throw refused(
                    "cannot be parsed: it needs a rule \"root\", all rules that it names, no left recursion, and no large repetition");
        }
        this.candidates = arena.allocate((long) StructLayouts.CANDIDATE_BYTES * vocabularySize, 8);
        this.array = arena.allocate(StructLayouts.CANDIDATES_BYTES, 8);
        array.set(ValueLayout.ADDRESS, 0, candidates);
        vocabulary.controlTokens().stream()
                .mapToInt(Vocabulary.ControlToken::id)
                .filter(token -> !vocabulary.endsAnswer(token))
                .forEach(wordless::set);
    }

    /** Whether the token may come next. */
    boolean allows(int token) {
        if (wordless.get(token)) {
            return false;
        }
        put(0, token, 0f);
        apply(1);
        return logit(0) != Float.NEGATIVE_INFINITY;
    }

    /** Sets the log-odds of every token that may not come next to minus infinity. */
    void restrict(float[] logits) {
        for (int token = 0; token < vocabularySize; token++) {
            put(token, token, logits[token]);
        }
        apply(vocabularySize);
        for (int token = 0; token < vocabularySize; token++) {
            logits[token] = wordless.get(token) ? Float.NEGATIVE_INFINITY : logit(token);
        }
    }

    /** Moves on by a token that {@link #allows} allowed. */
    void accept(int token) {
        if (!allows(token)) {
            throw new IllegalStateException("Token " + token + " is not allowed by the grammar here");
        }
        functions.llamaSamplerAccept(handle, token);
    }

    @Override
    public void close() {
        functions.llamaSamplerFree(handle);
        arena.close();
    }

    private void apply(int count) {
        array.set(ValueLayout.JAVA_LONG, StructLayouts.CANDIDATES_SIZE, count);
        array.set(ValueLayout.JAVA_LONG, StructLayouts.CANDIDATES_SELECTED, -1);
        functions.llamaSamplerApply(handle, array);
    }

    private void put(int index, int token, float logit) {
        long at = (long) StructLayouts.CANDIDATE_BYTES * index;
        candidates.set(ValueLayout.JAVA_INT, at, token);
        candidates.set(ValueLayout.JAVA_FLOAT, at + StructLayouts.CANDIDATE_LOGIT, logit);
    }

    private float logit(int index) {
        return candidates.get(
                ValueLayout.JAVA_FLOAT, (long) StructLayouts.CANDIDATE_BYTES * index + StructLayouts.CANDIDATE_LOGIT);
    }

    private static void requireBounded(String gbnf) {
        if (gbnf.isBlank()) {
            throw refused("is empty");
        }
        if (gbnf.length() > MAX_LENGTH || gbnf.indexOf('\0') >= 0) {
            throw refused(
                    "has " + gbnf.length() + " characters or holds a NUL; at most " + MAX_LENGTH + " are possible");
        }
        int depth = 0;
        for (int i = 0; i < gbnf.length(); i++) {
            depth += gbnf.charAt(i) == '(' ? 1 : gbnf.charAt(i) == ')' && depth > 0 ? -1 : 0;
            if (depth > MAX_DEPTH) {
                throw refused("nests parentheses deeper than " + MAX_DEPTH);
            }
        }
    }

    private static InferenceRefused refused(String why) {
        return new InferenceRefused(new Refusal.BadRequest("The grammar " + why + "."));
    }
}
