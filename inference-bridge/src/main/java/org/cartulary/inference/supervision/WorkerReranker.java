package org.cartulary.inference.supervision;

import java.time.Duration;
import java.util.List;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.Reranker;
import org.cartulary.inference.protocol.Message;

/** The reranker in its worker. Thread-safe. */
final class WorkerReranker implements Reranker {
    private static final int MAX_PASSAGES = 256;

    /** For what takes no model time, and as a margin beyond a deadline that the worker itself keeps. */
    private static final Duration SHORT = Duration.ofSeconds(30);

    private final ModelSlot slot;
    private final String caller;

    WorkerReranker(ModelSlot slot) {
        this(slot, "");
    }

    private WorkerReranker(ModelSlot slot, String caller) {
        this.slot = slot;
        this.caller = caller;
    }

    @Override
    public Reranker by(String other) {
        return new WorkerReranker(slot, other);
    }

    @Override
    public ModelCard model() {
        return slot.serving().ready().card();
    }

    @Override
    public int maxTokens() {
        return slot.serving().ready().maxTokens();
    }

    @Override
    public List<Double> rerank(String query, List<String> passages, Duration deadline) {
        if (passages.isEmpty() || passages.size() > MAX_PASSAGES) {
            throw new IllegalArgumentException(
                    "1 to " + MAX_PASSAGES + " passages can be scored at once, but there were " + passages.size());
        }
        Message reply = ask(new Message.Rerank(caller, query, passages, deadline.toMillis()), deadline.plus(SHORT));
        if (reply instanceof Message.Scores scores && scores.scores().size() == passages.size()) {
            return scores.scores();
        }
        throw new InferenceFailed("The rerank worker sent " + reply.getClass() + " instead of scores.");
    }

    @Override
    public List<Integer> countTokens(List<String> texts) {
        if (texts.isEmpty()) {
            return List.of();
        }
        if (ask(new Message.CountTokens(texts), SHORT) instanceof Message.Counts counts) {
            return counts.counts();
        }
        throw new InferenceFailed("The rerank worker sent something else instead of counts.");
    }

    private Message ask(Message message, Duration patience) {
        return slot.ask(message, patience);
    }
}
