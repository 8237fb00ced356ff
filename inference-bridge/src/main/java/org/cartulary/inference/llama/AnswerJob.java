package org.cartulary.inference.llama;

import java.time.Duration;
import org.cartulary.inference.ChatRequest;
import org.cartulary.inference.FinishReason;
import org.cartulary.inference.Generated;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;
import org.jspecify.annotations.Nullable;

/** One answer: reads its prompt in slices, then one token a step. */
final class AnswerJob extends Job {
    private final LlamaModel model;
    private final ChatRequest request;
    private final int[] prompt;
    private final AnswerListener listener;
    private final CharacterStream characters = new CharacterStream();
    private final StopTexts stopTexts;
    private final StringBuilder text = new StringBuilder();

    private @Nullable LlamaContext context;
    private @Nullable Grammar grammar;
    private @Nullable TokenSampler sampler;
    private int sequence;
    private int position;
    private int nextToken;
    private int outputIndex;
    private int outputTokens;
    private long beganNanos;
    private long firstTokenNanos;

    AnswerJob(LlamaModel model, ChatRequest request, int[] prompt, AnswerListener listener) {
        super(
                prompt.length + request.maxTokens(),
                System.nanoTime() + request.deadline().toNanos());
        this.model = model;
        this.request = request;
        this.prompt = prompt;
        this.listener = listener;
        this.stopTexts = new StopTexts(request.stop());
    }

    @Override
    boolean ready() {
        return listener.ready();
    }

    @Override
    boolean decoding() {
        return position >= prompt.length;
    }

    @Override
    void begin(LlamaContext owner, int lane) {
        context = owner;
        sequence = lane;
        beganNanos = System.nanoTime();
        String gbnf = request.sampling().grammar();
        if (gbnf != null) {
            grammar = new Grammar(model.functions(), model.vocabulary(), gbnf);
        }
        sampler = new TokenSampler(request.sampling(), grammar);
    }

    @Override
    int contribute(TokenBatch batch, int limit) {
        if (decoding()) {
            outputIndex = batch.add(nextToken, position++, sequence, true);
            return 1;
        }
        int count = Math.min(limit, prompt.length - position);
        for (int i = 0; i < count; i++) {
            boolean last = position == prompt.length - 1;
            outputIndex = batch.add(prompt[position], position, sequence, last);
            position++;
        }
        return count;
    }

    @Override
    void absorb() {
        if (!decoding() || context == null || sampler == null) {
            return;
        }
        int token = sampler.next(context.logits(outputIndex));
        if (firstTokenNanos == 0) {
            firstTokenNanos = System.nanoTime();
        }
        if (token == TokenSampler.NONE) {
            fail(new InferenceRefused(new Refusal.BadRequest(
                    "The grammar allows no token after: " + text + ". Nothing can be generated under it.")));
        } else if (model.vocabulary().endsAnswer(token)) {
            finish(FinishReason.STOP);
        } else {
            take(token);
        }
    }

    private void take(int token) {
        nextToken = token;
        outputTokens++;
        pass(stopTexts.append(characters.append(model.vocabulary().piece(token))));
        if (stopTexts.reached()) {
            finish(FinishReason.STOP);
        } else if (outputTokens == request.maxTokens()) {
            finish(FinishReason.LENGTH);
        }
    }

    private void pass(String piece) {
        if (!piece.isEmpty()) {
            text.append(piece);
            listener.piece(piece);
        }
    }

    private void finish(FinishReason reason) {
        if (!stopTexts.reached()) {
            pass(stopTexts.append(characters.finish()));
            pass(stopTexts.finish());
        }
        long now = System.nanoTime();
        long began = beganNanos == 0 ? now : beganNanos;
        long first = firstTokenNanos == 0 ? now : firstTokenNanos;
        end();
        listener.finished(new Generated(
                text.toString(),
                reason,
                prompt.length,
                outputTokens,
                Duration.ofNanos(first - began),
                Duration.ofNanos(now - first)));
    }

    @Override
    void stop() {
        finish(cancelled() ? FinishReason.CANCELLED : FinishReason.DEADLINE);
    }

    @Override
    void fail(RuntimeException fault) {
        end();
        listener.failed(fault);
    }

    @Override
    void release() {
        if (context != null) {
            context.forget(sequence, 0);
        }
        if (grammar != null) {
            grammar.close();
        }
    }
}
