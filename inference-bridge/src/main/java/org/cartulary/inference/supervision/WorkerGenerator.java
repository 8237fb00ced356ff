package org.cartulary.inference.supervision;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.ChatRequest;
import org.cartulary.inference.ChatStream;
import org.cartulary.inference.Generator;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.ReplayRequest;
import org.cartulary.inference.Replayed;
import org.cartulary.inference.protocol.Message;

/** The chat model in the chat worker. Thread-safe. */
final class WorkerGenerator implements Generator {
    /** For what takes no model time, and as a margin beyond a deadline that the worker itself keeps. */
    private static final Duration SHORT = Duration.ofSeconds(30);

    private static final int MAX_TEXTS = 256;

    private final ModelSlot slot;

    WorkerGenerator(ModelSlot slot) {
        this.slot = slot;
    }

    @Override
    public ModelCard model() {
        return slot.serving().ready().card();
    }

    @Override
    public ChatStream chat(ChatRequest request) {
        ModelSlot.Begun answer = slot.begin(new Message.Chat(request, RemoteChatStream.CREDITS));
        Call call = answer.call();
        boolean begun = false;
        try {
            call.awaitFirst(SHORT);
            begun = true;
            return new RemoteChatStream(call, answer.model(), request.deadline().plus(SHORT));
        } finally {
            if (!begun) {
                call.close();
            }
        }
    }

    @Override
    public List<Integer> countTokens(List<String> texts) {
        return counts(new Message.CountTokens(texts));
    }

    @Override
    public int countPromptTokens(List<ChatMessage> messages) {
        return counts(new Message.CountPrompt(messages)).getFirst();
    }

    @Override
    public Replayed replay(ReplayRequest request, Consumer<Runnable> begun) {
        try (Call call = slot.begin(new Message.Replay(request)).call()) {
            begun.accept(() -> call.send(new Message.Cancel()));
            Message reply = call.next(request.deadline().plus(SHORT));
            if (reply instanceof Message.Compared compared) {
                return compared.replayed();
            }
            throw new InferenceFailed("The chat worker sent " + reply + " instead of a comparison.");
        }
    }

    @Override
    public List<Double> scoreContinuations(
            List<ChatMessage> messages, int fixedMessages, List<String> continuations, Duration deadline) {
        if (continuations.isEmpty() || continuations.size() > MAX_TEXTS) {
            throw new IllegalArgumentException(
                    "1 to " + MAX_TEXTS + " texts can be scored at once, but there were " + continuations.size());
        }
        Message reply = slot.ask(
                new Message.Score(messages, fixedMessages, continuations, deadline.toMillis()), deadline.plus(SHORT));
        if (reply instanceof Message.Scores scores) {
            return scores.scores();
        }
        throw new InferenceFailed("The chat worker sent " + reply + " instead of scores.");
    }

    private List<Integer> counts(Message question) {
        Message reply = slot.ask(question, SHORT);
        if (reply instanceof Message.Counts counts) {
            return counts.counts();
        }
        throw new InferenceFailed("The chat worker sent " + reply + " instead of counts.");
    }
}
