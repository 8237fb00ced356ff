package org.cartulary.inference.supervision;

import java.time.Duration;
import java.util.List;
import org.cartulary.inference.ChatStream;
import org.cartulary.inference.Generated;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.TokenLogprob;
import org.cartulary.inference.protocol.Message;
import org.jspecify.annotations.Nullable;

/** An answer that a worker makes. Read by one thread; any may close it. */
final class RemoteChatStream implements ChatStream {
    /** Pieces that may be under way unread. */
    static final int CREDITS = 64;

    private static final int GRANT = CREDITS / 2;

    private final Call call;
    private final ModelCard model;
    private final Duration patience;
    private volatile @Nullable Generated result;
    private List<TokenLogprob> logprobs = List.of();
    private int consumed;
    private volatile boolean over;

    /** @param patience for a single piece: a whole deadline can pass before the first */
    RemoteChatStream(Call call, ModelCard model, Duration patience) {
        this.call = call;
        this.model = model;
        this.patience = patience;
    }

    @Override
    public ModelCard model() {
        return model;
    }

    @Override
    public @Nullable String next() {
        if (result != null) {
            return null;
        }
        if (over) {
            throw new InferenceFailed("The answer was cancelled or lost; there is nothing more to read.");
        }
        boolean heard = false;
        try {
            String text = read();
            heard = true;
            return text;
        } finally {
            if (!heard) {
                over = true;
                call.close();
            }
        }
    }

    private @Nullable String read() {
        while (true) {
            switch (call.next(patience)) {
                case Message.Accepted accepted -> {}
                case Message.Piece piece -> {
                    grant();
                    logprobs = piece.logprobs();
                    return piece.text();
                }
                case Message.Finished finished -> {
                    result = finished.answer();
                    call.close();
                    return null;
                }
                case Message other -> throw new InferenceFailed("The worker sent " + other + " in an answer.");
            }
        }
    }

    @Override
    public List<TokenLogprob> logprobs() {
        return logprobs;
    }

    private void grant() {
        if (++consumed % GRANT == 0) {
            call.send(new Message.Credit(GRANT));
        }
    }

    @Override
    public Generated result() {
        Generated finished = result;
        if (finished == null) {
            throw new IllegalStateException("The answer is not finished");
        }
        return finished;
    }

    @Override
    public void close() {
        if (result == null && !over) {
            over = true;
            call.send(new Message.Cancel());
            call.close();
            // Wakes a reader that waits on another thread.
            call.deliver(new Message.Failed("The answer was cancelled."));
        }
    }
}
