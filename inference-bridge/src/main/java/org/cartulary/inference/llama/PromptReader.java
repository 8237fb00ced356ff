package org.cartulary.inference.llama;

/** Reads a prompt in slices into a sequence, as far as it is not known already. The engine's thread only. */
final class PromptReader {
    private final PromptTokens prompt;
    private final LlamaContext context;
    private final PromptCache cache;
    private final int sequence;
    private final int cached;
    private int position;
    private int output;

    PromptReader(PromptTokens prompt, LlamaContext context, PromptCache cache, int sequence) {
        this.prompt = prompt;
        this.context = context;
        this.cache = cache;
        this.sequence = sequence;
        this.cached = cache.begin(sequence, prompt.ids(), prompt.conversation(), prompt.fixed());
        this.position = cached;
    }

    /** Tokens that were known. */
    int cached() {
        return cached;
    }

    /** Tokens that are in the sequence, or in the batch. */
    int position() {
        return position;
    }

    /** Whether all tokens are in the sequence or the batch. */
    boolean finished() {
        return position == prompt.length();
    }

    int sequence() {
        return sequence;
    }

    LlamaContext context() {
        return context;
    }

    /** Adds at most so many tokens to the batch, an output with the last of the prompt, and returns how many. */
    int contribute(TokenBatch batch, int limit) {
        int count = Math.min(limit, prompt.length() - position);
        // The last token needs an output; without room for one it waits for the next step.
        if (count == prompt.length() - position && batch.outputRoom() == 0) {
            count--;
        }
        for (int i = 0; i < count; i++) {
            output = batch.add(prompt.ids()[position], position, sequence, position == prompt.length() - 1);
            position++;
        }
        return count;
    }

    /** Log-odds after the last token of the prompt, in the step that read it. */
    float[] logits() {
        return context.logits(output);
    }

    /** Keeps the fixed text for all, once it is read. After each step that read of the prompt. */
    void shareFixed() {
        if (prompt.fixed() > cached && position >= prompt.fixed()) {
            cache.keep(PromptCache.Owner.ALL, sequence, prompt.fixedIds());
        }
    }
}
