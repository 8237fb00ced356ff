package org.cartulary.inference.llama;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.cartulary.inference.PromptCacheStatus;
import org.jspecify.annotations.Nullable;

/**
 * What was read before and is kept: fixed texts, shared by all, and conversations, each its own caller's. Holds
 * sequences of the context in which their keys and values stay; the least recently used goes first. The engine's
 * thread only, but for {@link #status}.
 *
 * <p>In llama.cpp's unified cache, sequences that share a text share its cells, so sharing copies nothing, and dropping
 * a sequence frees only the cells that no other has.
 */
final class PromptCache {
    /** Shorter texts are read as fast as they are looked up. */
    private static final int LEAST_TOKENS = 16;

    private final LlamaContext context;
    private final int firstSequence;
    private final int capacity;
    private final BitSet sequences = new BitSet();
    private final List<Kept> kept = new ArrayList<>();

    private int room;

    private final Object statusLock = new Object();
    private long requests;
    private long hits;
    private long tokensRead;
    private long tokensReused;
    private long evictions;
    private int heldTokens;

    /**
     * Whose text it is. Two with the same conversation and different callers are different.
     *
     * @param caller null for fixed text, which is everybody's
     */
    record Owner(@Nullable String caller, @Nullable String conversation) {
        static final Owner ALL = new Owner(null, null);
    }

    private static final class Kept {
        private final Owner owner;
        private final int sequence;
        private final int[] tokens;

        Kept(Owner owner, int sequence, int[] tokens) {
            this.owner = owner;
            this.sequence = sequence;
            this.tokens = tokens;
        }
    }

    /**
     * @param firstSequence of those that are the cache's own
     * @param capacity how many; 0 keeps nothing
     */
    PromptCache(LlamaContext context, int firstSequence, int capacity) {
        this.context = context;
        this.firstSequence = firstSequence;
        this.capacity = capacity;
    }

    /**
     * Lets a sequence begin with what is known of its prompt.
     *
     * @param conversation whose earlier turns may be used, or null
     * @param fixedTokens how many leading tokens are fixed text
     * @return how many tokens of the prompt need not be read; always fewer than it has
     */
    int begin(int sequence, int[] prompt, @Nullable Owner conversation, int fixedTokens) {
        int usable = 0;
        Kept best = null;
        for (Kept candidate : kept) {
            boolean own = candidate.owner.equals(conversation);
            if (own || candidate.owner.equals(Owner.ALL)) {
                int common = Math.min(common(candidate.tokens, prompt), own ? prompt.length - 1 : fixedTokens);
                if (common > usable) {
                    usable = common;
                    best = candidate;
                }
            }
        }
        int reused = Math.min(usable, prompt.length - 1);
        if (best != null && reused >= LEAST_TOKENS) {
            context.share(best.sequence, sequence, reused);
            touch(best);
        } else {
            reused = 0;
        }
        count(prompt.length, reused);
        return reused;
    }

    private boolean lacks(Owner owner, int[] tokens) {
        return tokens.length >= LEAST_TOKENS
                && capacity > 0
                && kept.stream()
                        .noneMatch(known -> known.owner.equals(owner) && common(known.tokens, tokens) == tokens.length);
    }

    /**
     * Keeps what a sequence holds, where there is room.
     *
     * @param tokens the first of the sequence, all of them read
     */
    void keep(Owner owner, int sequence, int[] tokens) {
        if (!lacks(owner, tokens) || tokens.length > room) {
            return;
        }
        // A conversation has one thread; fixed texts are as many as there are templates.
        if (!owner.equals(Owner.ALL)) {
            kept.stream().filter(old -> old.owner.equals(owner)).toList().forEach(this::drop);
        }
        while (!kept.isEmpty() && (kept.size() == capacity || heldTokens() + tokens.length > room)) {
            evict();
        }
        int own = firstSequence + sequences.nextClearBit(0);
        sequences.set(own - firstSequence);
        context.share(sequence, own, tokens.length);
        kept.addLast(new Kept(owner, own, tokens));
        note();
    }

    /** Sets how many places all kept texts together may take, and drops the least recently used until they do. */
    void limit(int places) {
        room = places;
        while (heldTokens() > room) {
            evict();
        }
    }

    /** Of what is kept; texts that share cells are counted each. */
    private int heldTokens() {
        return kept.stream().mapToInt(one -> one.tokens.length).sum();
    }

    /** From any thread. */
    PromptCacheStatus status() {
        synchronized (statusLock) {
            return new PromptCacheStatus(requests, hits, tokensRead, tokensReused, evictions, heldTokens);
        }
    }

    private void touch(Kept used) {
        kept.remove(used);
        kept.addLast(used);
    }

    private void evict() {
        // Fixed texts are small and everybody's: conversations go first.
        Kept oldest = kept.stream()
                .min(Comparator.comparing((Kept one) -> one.owner.equals(Owner.ALL)))
                .orElseThrow();
        drop(oldest);
        synchronized (statusLock) {
            evictions++;
        }
    }

    private void drop(Kept one) {
        kept.remove(one);
        sequences.clear(one.sequence - firstSequence);
        context.forget(one.sequence, 0);
        note();
    }

    private void count(int promptTokens, int reused) {
        synchronized (statusLock) {
            requests++;
            hits += reused > 0 ? 1 : 0;
            tokensRead += promptTokens - reused;
            tokensReused += reused;
        }
    }

    private void note() {
        int held = heldTokens();
        synchronized (statusLock) {
            heldTokens = held;
        }
    }

    /** How many leading tokens are the same. */
    static int common(int[] one, int[] other) {
        int mismatch = Arrays.mismatch(one, other);
        return mismatch < 0 ? one.length : mismatch;
    }
}
