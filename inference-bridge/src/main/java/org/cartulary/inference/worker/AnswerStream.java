package org.cartulary.inference.worker;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.cartulary.inference.Generated;
import org.cartulary.inference.TokenLogprob;
import org.cartulary.inference.llama.Answer;
import org.cartulary.inference.llama.AnswerListener;
import org.cartulary.inference.protocol.Message;
import org.jspecify.annotations.Nullable;

/** One answer on its way to the appliance, as far as its credits go. Thread-safe. */
final class AnswerStream implements AnswerListener {
    private final long request;
    private final AtomicInteger credits;
    private final Replies replies;
    private final Runnable atEnd;
    private @Nullable Answer answer;
    private boolean cancelled;

    AnswerStream(long request, int credits, Replies replies, Runnable atEnd) {
        this.request = request;
        this.credits = new AtomicInteger(credits);
        this.replies = replies;
        this.atEnd = atEnd;
    }

    /** Tells what to cancel and resume. A cancel that came before is passed on now. */
    synchronized void begun(Answer begun) {
        answer = begun;
        if (cancelled) {
            begun.cancel();
        }
    }

    void grant(int more) {
        credits.addAndGet(more);
        Answer running = answer();
        if (running != null) {
            running.resume();
        }
    }

    synchronized void cancel() {
        cancelled = true;
        if (answer != null) {
            answer.cancel();
        }
    }

    @Override
    public boolean ready() {
        return credits.get() > 0;
    }

    @Override
    public void piece(String text, List<TokenLogprob> logprobs) {
        credits.decrementAndGet();
        replies.send(request, new Message.Piece(text, logprobs));
    }

    @Override
    public void finished(Generated generated) {
        atEnd.run();
        replies.send(request, new Message.Finished(generated));
    }

    @Override
    public void failed(RuntimeException fault) {
        atEnd.run();
        replies.fail(request, fault);
    }

    private synchronized @Nullable Answer answer() {
        return answer;
    }
}
