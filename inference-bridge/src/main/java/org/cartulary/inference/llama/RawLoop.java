package org.cartulary.inference.llama;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Random;

/**
 * llama.cpp driven as its own examples drive it: fill a batch, decode, take the likeliest token. No queue, no fairness,
 * no cancel, no sampler: what benchmarks hold the bridge against. Used by one thread.
 */
public final class RawLoop implements AutoCloseable {
    private static final int BATCH_TOKENS = 512;
    private static final long RANDOM_SEED = 20261122;

    private final LlamaModel model;
    private final LlamaContext context;
    private final Random random = new Random(RANDOM_SEED);

    private RawLoop(LlamaModel model, LlamaContext context) {
        this.model = model;
        this.context = context;
    }

    /**
     * Loads a model.
     *
     * @param streams sequences at a time
     * @param cacheTokens for all of them together
     */
    public static RawLoop open(Path libraries, Path file, int streams, int cacheTokens, int threads) {
        LlamaModel model = LlamaModel.load(LlamaRuntime.open(libraries), file);
        ContextShape shape = new ContextShape(cacheTokens, BATCH_TOKENS, streams, Math.max(streams, 1), threads);
        return new RawLoop(model, new LlamaContext(model, shape, false));
    }

    /** A token that ends an answer, which a benchmark must not meet. */
    public int endToken() {
        for (int token = 0; token < model.vocabulary().size(); token++) {
            if (model.vocabulary().endsAnswer(token)) {
                return token;
            }
        }
        throw new LlamaFault("The vocabulary has no token that ends an answer");
    }

    /**
     * Reads a prompt for each stream, then generates for all of them side by side.
     *
     * @return nanoseconds until each stream had its first token, and until all had all
     */
    public Times run(int streams, int promptTokens, int outputTokens) {
        for (int stream = 0; stream < streams; stream++) {
            context.forget(stream, 0);
        }
        long began = System.nanoTime();
        int[] next = prefill(streams, promptTokens);
        long first = System.nanoTime();
        for (int position = promptTokens; position < promptTokens + outputTokens - 1; position++) {
            TokenBatch batch = context.batch();
            batch.clear();
            for (int stream = 0; stream < streams; stream++) {
                batch.add(next[stream], position, stream, true);
            }
            decode();
            for (int stream = 0; stream < streams; stream++) {
                next[stream] = likeliest(stream);
            }
        }
        return new Times(first - began, System.nanoTime() - began);
    }

    /**
     * How long a run took.
     *
     * @param first nanoseconds until the prompts were read
     * @param all nanoseconds in all
     */
    public record Times(long first, long all) {}

    /** All prompts end to end in full batches; returns the first token of each stream. */
    private int[] prefill(int streams, int promptTokens) {
        int[] next = new int[streams];
        int[] outputs = new int[streams];
        int done = 0;
        int whole = 0;
        TokenBatch batch = context.batch();
        batch.clear();
        for (int token = 0; token < streams * promptTokens; token++) {
            int position = token % promptTokens;
            boolean last = position == promptTokens - 1;
            int index = batch.add(anyToken(), position, token / promptTokens, last);
            if (last) {
                outputs[whole++] = index;
            }
            if (batch.room() == 0 || token == streams * promptTokens - 1) {
                decode();
                for (; done < whole; done++) {
                    next[done] = likeliest(outputs[done]);
                }
                batch.clear();
            }
        }
        return next;
    }

    private void decode() {
        if (!context.decode()) {
            throw new LlamaFault("A batch of the benchmark was aborted");
        }
    }

    private int anyToken() {
        return 3 + random.nextInt(model.vocabulary().size() - 3);
    }

    private int likeliest(int index) {
        MemorySegment logits = context.logitsRow(index);
        int best = 0;
        float highest = Float.NEGATIVE_INFINITY;
        for (int token = 0; token < model.vocabulary().size(); token++) {
            float logit = logits.getAtIndex(ValueLayout.JAVA_FLOAT, token);
            if (logit > highest) {
                highest = logit;
                best = token;
            }
        }
        return best;
    }

    @Override
    public void close() {
        context.close();
        model.close();
    }
}
