package org.cartulary.inference.llama;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cartulary.inference.Generated;
import org.cartulary.inference.TokenLogprob;

/** Keeps what an answer says. */
final class Recorder implements AnswerListener {
    /** A number of credits that makes asking for them a fault. */
    static final int UNKNOWN = -1;

    final List<String> pieces = new ArrayList<>();
    final List<TokenLogprob> logprobs = new ArrayList<>();
    final CompletableFuture<Generated> end = new CompletableFuture<>();
    volatile int credits;

    Recorder() {
        this(Integer.MAX_VALUE);
    }

    /** @param credits pieces that it takes before it is set aside */
    Recorder(int credits) {
        this.credits = credits;
    }

    Generated end() {
        return await(end);
    }

    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (RuntimeException) e.getCause();
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public boolean ready() {
        if (credits == UNKNOWN) {
            throw new IllegalStateException("no credits are known");
        }
        return pieces.size() < credits;
    }

    @Override
    public void piece(String text, List<TokenLogprob> tokens) {
        pieces.add(text);
        logprobs.addAll(tokens);
    }

    @Override
    public void finished(Generated answer) {
        end.complete(answer);
    }

    @Override
    public void failed(RuntimeException fault) {
        end.completeExceptionally(fault);
    }
}
