package org.cartulary.inference.llama;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.cartulary.inference.ChatRequest;
import org.cartulary.inference.FinishReason;
import org.cartulary.inference.Generated;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;
import org.cartulary.inference.TokenTrace;
import org.cartulary.inference.grammar.Gbnf;
import org.jspecify.annotations.Nullable;

/** One answer: reads its prompt in slices, then one token a step. */
final class AnswerJob extends Job {
    private final LlamaModel model;
    private final ChatRequest request;
    private final PromptTokens prompt;
    private final AnswerListener listener;
    private final AnswerText text;
    private final @Nullable Gbnf grammar;
    private final List<Integer> output = new ArrayList<>();

    private @Nullable PromptReader reader;
    private @Nullable TokenSampler sampler;
    private int outputIndex;
    private int outputsRead;
    private int outputTokens;
    private long beganNanos;
    private long firstTokenNanos;

    /** @throws InferenceRefused when the grammar cannot be used */
    AnswerJob(LlamaModel model, ChatRequest request, PromptTokens prompt, AnswerListener listener) {
        super(
                request.caller(),
                prompt.length() + request.maxTokens(),
                System.nanoTime() + request.deadline().toNanos());
        this.model = model;
        this.request = request;
        this.prompt = prompt;
        this.listener = listener;
        this.text = new AnswerText(request.stop(), listener);
        // Read on the caller's thread: the engine's is everybody's.
        this.grammar = model.vocabulary().grammar(request.sampling());
    }

    @Override
    boolean ready() {
        return listener.ready();
    }

    @Override
    boolean decoding() {
        return reader != null && reader.finished();
    }

    @Override
    void begin(LlamaContext context, PromptCache cache, int sequence) {
        beganNanos = System.nanoTime();
        reader = new PromptReader(prompt, context, cache, sequence);
        sampler = new TokenSampler(request.sampling(), model.vocabulary().walk(grammar));
    }

    @Override
    int contribute(TokenBatch batch, int limit) {
        PromptReader begun = begun();
        if (!begun.finished()) {
            return begun.contribute(batch, limit);
        }
        int position = prompt.length() + outputsRead;
        outputIndex = batch.add(output.get(outputsRead), position, begun.sequence(), true);
        outputsRead++;
        return 1;
    }

    @Override
    void absorb() {
        PromptReader begun = begun();
        if (outputTokens == 0) {
            begun.shareFixed();
        }
        if (begun.finished() && sampler != null) {
            float[] logits =
                    outputTokens == 0 ? begun.logits() : begun.context().logits(outputIndex);
            choose(sampler, logits);
        }
    }

    private void choose(TokenSampler chooser, float[] logits) {
        float[] asked = request.topLogprobs() == ChatRequest.NO_LOGPROBS ? null : logits.clone();
        int token = chooser.next(logits);
        if (firstTokenNanos == 0) {
            firstTokenNanos = System.nanoTime();
        }
        if (token == TokenSampler.NONE) {
            fail(
                    new InferenceRefused(
                            new Refusal.BadRequest(
                                    "After " + output.size()
                                            + " tokens the grammar allows no further one of this model's: nothing can be generated under it.")));
        } else if (model.vocabulary().endsAnswer(token)) {
            output.add(token);
            finish(FinishReason.STOP);
        } else {
            if (asked != null) {
                text.logprob(LogLikelihood.report(token, asked, request.topLogprobs(), model.vocabulary()));
            }
            take(token);
        }
    }

    private void take(int token) {
        output.add(token);
        outputTokens++;
        text.append(model.vocabulary().piece(token));
        if (text.stopped()) {
            finish(FinishReason.STOP);
        } else if (outputTokens == request.maxTokens()) {
            finish(FinishReason.LENGTH);
        }
    }

    private void finish(FinishReason reason) {
        text.finish();
        long now = System.nanoTime();
        long began = beganNanos == 0 ? now : beganNanos;
        long first = firstTokenNanos == 0 ? now : firstTokenNanos;
        end();
        listener.finished(new Generated(
                text.toString(),
                reason,
                prompt.length(),
                reader == null ? 0 : reader.cached(),
                outputTokens,
                Duration.ofNanos(first - began),
                Duration.ofNanos(now - first),
                new TokenTrace(IntStream.of(prompt.ids()).boxed().toList(), output),
                text.logprobs()));
    }

    @Override
    void stop() {
        finish(cancelled() ? FinishReason.CANCELLED : FinishReason.DEADLINE);
    }

    @Override
    void fail(RuntimeException fault) {
        spoil();
        end();
        listener.failed(fault);
    }

    @Override
    void leave(PromptCache cache) {
        if (reader != null && prompt.conversation() != null) {
            int[] read = Arrays.copyOf(prompt.ids(), reader.position() + outputsRead);
            for (int i = 0; i < outputsRead; i++) {
                read[prompt.length() + i] = output.get(i);
            }
            cache.keep(prompt.conversation(), reader.sequence(), read);
        }
    }

    @Override
    void release() {}

    private PromptReader begun() {
        if (reader == null) {
            throw new IllegalStateException("Not begun");
        }
        return reader;
    }
}
