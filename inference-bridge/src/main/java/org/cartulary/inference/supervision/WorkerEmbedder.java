package org.cartulary.inference.supervision;

import java.time.Duration;
import java.util.List;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.protocol.Message;

/** The embedding model in the embedding worker. Thread-safe. */
final class WorkerEmbedder implements Embedder {
    private static final int MAX_TEXTS = 256;
    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final ModelSlot slot;
    private final String caller;

    WorkerEmbedder(ModelSlot slot) {
        this(slot, "");
    }

    private WorkerEmbedder(ModelSlot slot, String caller) {
        this.slot = slot;
        this.caller = caller;
    }

    @Override
    public Embedder by(String other) {
        return new WorkerEmbedder(slot, other);
    }

    @Override
    public ModelCard model() {
        return slot.serving().ready().card();
    }

    @Override
    public int dimension() {
        return slot.serving().ready().dimension();
    }

    @Override
    public int maxTokens() {
        return slot.serving().ready().maxTokens();
    }

    @Override
    public List<float[]> embed(List<String> texts, Input input, Overlong overlong) {
        if (texts.isEmpty() || texts.size() > MAX_TEXTS) {
            throw new IllegalArgumentException(
                    "1 to " + MAX_TEXTS + " texts can be embedded at once, but there were " + texts.size());
        }
        Message reply = ask(new Message.Embed(caller, texts, input, overlong, DEADLINE.toMillis()));
        if (reply instanceof Message.Vectors vectors && vectors.vectors().size() == texts.size()) {
            return vectors.vectors();
        }
        throw new InferenceFailed("The embedding worker sent " + reply.getClass() + " instead of vectors.");
    }

    @Override
    public List<Integer> countTokens(List<String> texts) {
        if (texts.isEmpty()) {
            return List.of();
        }
        Message reply = ask(new Message.CountTokens(texts));
        if (reply instanceof Message.Counts counts) {
            return counts.counts();
        }
        throw new InferenceFailed("The embedding worker sent " + reply.getClass() + " instead of counts.");
    }

    private Message ask(Message message) {
        return slot.ask(message, DEADLINE.plus(MARGIN));
    }
}
