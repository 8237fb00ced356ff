package org.cartulary.inference.llama;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;
import org.cartulary.inference.ReplayRequest;
import org.cartulary.inference.Replayed;
import org.cartulary.inference.grammar.Gbnf;
import org.jspecify.annotations.Nullable;

/**
 * Makes a recorded answer again in a context of its own: one sequence, no cache, slices of a fixed length, a fixed
 * number of threads, so that the same record always gives the same result on the same build and processor. Its steps
 * take turns with those of the shared context.
 */
final class ReplayJob extends Job {
    /** Part of what is fixed: changing it changes the last bits of the numbers. */
    private static final int SLICE = 64;

    private final LlamaModel model;
    private final ReplayRequest request;
    private final int threads;
    private final String kernel;
    private final CompletableFuture<Replayed> result;
    private final List<Integer> prompt;
    private final List<Integer> recorded;
    private final @Nullable Gbnf grammar;

    private @Nullable LlamaContext lane;
    private @Nullable TokenSampler sampler;
    private int position;
    private int same;

    /** @throws InferenceRefused when the grammar cannot be used */
    ReplayJob(
            LlamaModel model,
            ReplayRequest request,
            int threads,
            String kernel,
            long deadlineNanos,
            CompletableFuture<Replayed> result) {
        super("", request.tokens(), deadlineNanos);
        this.model = model;
        this.request = request;
        this.threads = threads;
        this.kernel = kernel;
        this.result = result;
        this.prompt = request.prompt();
        this.recorded = request.trace().output();
        this.grammar = model.vocabulary().grammar(request.sampling());
    }

    @Override
    boolean ready() {
        return true;
    }

    @Override
    boolean decoding() {
        return false;
    }

    /** The shared context has no part in a replay. */
    @Override
    void begin(LlamaContext context, PromptCache cache, int sequence) {
        throw new IllegalStateException("A replay has a context of its own");
    }

    @Override
    int contribute(TokenBatch batch, int limit) {
        return 0;
    }

    @Override
    void absorb() {
        throw new IllegalStateException("A replay has a context of its own");
    }

    /** Reads a slice of the prompt, or makes a token. Ends the job after the last. */
    void step() {
        try {
            LlamaContext own = lane == null ? open() : lane;
            TokenBatch batch = own.batch();
            batch.clear();
            int index = fill(batch);
            if (!own.decode()) {
                stop();
            } else if (position >= prompt.size()) {
                compare(own.logits(index));
            }
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private LlamaContext open() {
        // llama.cpp makes no batch that is longer than its context.
        int tokens = Math.max(SLICE, request.tokens());
        LlamaContext opened = new LlamaContext(model, new ContextShape(tokens, SLICE, 1, 1, threads), false);
        lane = opened;
        sampler = new TokenSampler(request.sampling(), model.vocabulary().walk(grammar));
        return opened;
    }

    private int fill(TokenBatch batch) {
        int index = 0;
        if (position >= prompt.size()) {
            return batch.add(recorded.get(position - prompt.size()), position++, 0, true);
        }
        int end = Math.min(prompt.size(), position + SLICE);
        while (position < end) {
            index = batch.add(prompt.get(position), position, 0, position == prompt.size() - 1);
            position++;
        }
        return index;
    }

    private void compare(float[] logits) {
        if (sampler == null || sampler.next(logits) != recorded.get(same)) {
            finish(same == 0 ? Replayed.Grade.DIVERGED : Replayed.Grade.SAME_TO_TOKEN);
        } else if (++same == recorded.size()) {
            finish(Replayed.Grade.IDENTICAL);
        }
    }

    private void finish(Replayed.Grade grade) {
        end();
        result.complete(new Replayed(grade, same, recorded.size(), kernel, threads));
    }

    @Override
    void stop() {
        end();
        result.completeExceptionally(new InferenceFailed(
                cancelled() ? "The replay was cancelled." : "The replay did not end before its deadline: allow more."));
    }

    @Override
    void fail(RuntimeException fault) {
        end();
        result.completeExceptionally(fault);
    }

    @Override
    void release() {
        if (lane != null) {
            lane.close();
        }
    }

    /** @throws InferenceRefused when a token is not one of the model's */
    static void requireKnown(ReplayRequest request, int vocabularySize) {
        for (List<Integer> ids : List.of(request.prompt(), request.trace().output())) {
            for (int id : ids) {
                if (id < 0 || id >= vocabularySize) {
                    throw new InferenceRefused(new Refusal.BadRequest("The record holds token " + id
                            + ", but this model's vocabulary has " + vocabularySize
                            + ": it was made by another model."));
                }
            }
        }
    }
}
