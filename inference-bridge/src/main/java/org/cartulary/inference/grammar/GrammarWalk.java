package org.cartulary.inference.grammar;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cartulary.inference.InferenceRefused;

/**
 * How far one answer has come in a grammar, and which tokens may come next. Used by one thread.
 *
 * <p>A token may come next when its characters fit; one that ends the answer, when the grammar may end here; one that
 * writes nothing, never. A token may end within a character: what is read of it is kept for the next one. The text is
 * well-formed UTF-8 without NUL always.
 *
 * <p>Each method throws {@link InferenceRefused} where the grammar can be read in too many ways at once. The walk is
 * over then.
 */
public final class GrammarWalk {
    private static final int FITS = -1;

    /** Places of the grammar for which the tokens that may come next are kept: within a text it is the same always. */
    private static final int MAX_KEPT = 16;

    private final TokenTexts texts;
    private final Effort effort = new Effort();
    private final Reading reading;

    /** Ways and beginnings of characters after each byte of the token that is looked at. */
    private final Ways[] path;

    private final int[] read;
    private final Map<Ways, BitSet> allowed = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Ways, BitSet> eldest) {
            return size() > MAX_KEPT;
        }
    };

    private Ways here;
    private int pending = Utf8.NONE;

    public GrammarWalk(Gbnf grammar, TokenTexts texts) {
        this.texts = texts;
        this.reading = new Reading(grammar, effort);
        this.here = reading.start();
        this.path = new Ways[texts.longest() + 1];
        this.read = new int[texts.longest() + 1];
    }

    /** Whether the token may come next. */
    public boolean allows(int token) {
        int place = texts.place(token);
        if (place < 0) {
            return token >= 0 && texts.ends().get(token) && mayEnd();
        }
        return fits(place, 0) == FITS || namesHere(token);
    }

    /** Sets the log-odds of every token that may not come next to minus infinity. */
    public void restrict(float[] logits) {
        BitSet allowed = allowed();
        for (int token = 0; token < logits.length; token++) {
            if (!allowed.get(token)) {
                logits[token] = Float.NEGATIVE_INFINITY;
            }
        }
    }

    /** Moves on by a token that {@link #allows} allowed. */
    public void accept(int token) {
        effort.nextToken();
        if (!allows(token)) {
            throw new IllegalStateException("Token " + token + " is not allowed by the grammar here");
        }
        int place = texts.place(token);
        if (place >= 0) {
            move(token, place);
            if (reading.trim(here)) {
                allowed.clear();
                Arrays.fill(path, here);
            }
        }
    }

    private void move(int token, int place) {
        int length = texts.length(place);
        boolean fits = fits(place, 0) == FITS;
        Ways byCharacters = fits ? path[length] : reading.none();
        pending = fits ? read[length] : Utf8.NONE;
        here = namesHere(token) ? reading.afterToken(here, token, byCharacters) : byCharacters;
    }

    private boolean mayEnd() {
        return here.mayEnd() && pending == Utf8.NONE;
    }

    /** Whether the grammar has the token as such here: between characters, and as a whole. */
    private boolean namesHere(int token) {
        return pending == Utf8.NONE && texts.whole().get(token) && reading.names(here, token);
    }

    private BitSet allowed() {
        if (pending != Utf8.NONE) {
            return worked();
        }
        BitSet known = allowed.get(here);
        if (known == null) {
            known = worked();
            allowed.put(here, known);
        }
        return known;
    }

    private BitSet worked() {
        BitSet allowed = new BitSet(texts.size());
        if (mayEnd()) {
            allowed.or(texts.ends());
        }
        if (pending == Utf8.NONE && reading.namesTokens(here)) {
            texts.whole().stream().filter(token -> reading.names(here, token)).forEach(allowed::set);
        }
        int failed = Integer.MAX_VALUE;
        for (int place = 0; place < texts.count(); place++) {
            int shared = texts.shared(place);
            if (shared < failed) {
                int length = fits(place, shared);
                failed = length == FITS ? Integer.MAX_VALUE : length;
                if (length == FITS) {
                    allowed.set(texts.token(place));
                }
            }
        }
        return allowed;
    }

    /**
     * Reads a token from a byte on, before which it is read already.
     *
     * @return {@link #FITS}, or a number of bytes with which no token that begins with them fits
     */
    private int fits(int place, int from) {
        path[0] = here;
        read[0] = pending;
        Ways ways = path[from];
        int before = read[from];
        int start = texts.start(place);
        int length = texts.length(place);
        for (int i = from; i < length; i++) {
            byte b = texts.at(start + i);
            int next = b > 0 && before == Utf8.NONE ? b : Utf8.read(before, b);
            if (next == Utf8.INVALID) {
                return i + 1;
            }
            before = next;
            if (Utf8.isWhole(next)) {
                ways = reading.after(ways, Utf8.codePoint(next));
                before = Utf8.NONE;
                if (ways.isNone()) {
                    return i + 1;
                }
            }
            step(i + 1, ways, before);
        }
        return before == Utf8.NONE || reading.mayBegin(ways, before) ? FITS : length;
    }

    private void step(int index, Ways ways, int begun) {
        read[index] = begun;
        // Mostly the same as for the token before, and a reference costs more to write than to read.
        if (path[index] != ways) {
            path[index] = ways;
        }
    }

    /** All steps of work so far. */
    long effort() {
        return effort.spent();
    }
}
