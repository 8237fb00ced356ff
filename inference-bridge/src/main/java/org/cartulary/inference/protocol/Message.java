package org.cartulary.inference.protocol;

import java.util.List;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.ChatRequest;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.Generated;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.PromptCacheStatus;
import org.cartulary.inference.Refusal;
import org.cartulary.inference.ReplayRequest;
import org.cartulary.inference.Replayed;
import org.cartulary.inference.TokenLogprob;

/** What one frame says. Times are in milliseconds. */
public sealed interface Message {
    /** Version of this protocol; both sides must speak the same. */
    int VERSION = 3;

    /** Worker: its first frame. */
    record Hello(int version, ModelCard.Role role, long pid) implements Message {}

    /**
     * Worker: it serves from now on.
     *
     * @param dimension of vectors; 0 for other models
     * @param maxTokens longest input of an embedder or reranker; the window of a chat model
     */
    record Ready(ModelCard card, int dimension, int maxTokens, long hashMillis, long loadMillis) implements Message {}

    /** Worker: it cannot serve; starting it again helps only when something else has changed. */
    record Unusable(String reason) implements Message {}

    /**
     * Worker: that it is alive, once a second.
     *
     * @param progress rises while work goes on
     * @param busy whether there is work that could go on
     */
    record Beat(
            long progress,
            boolean busy,
            int active,
            int waiting,
            double prefillTokensPerSecond,
            double decodeTokensPerSecond,
            PromptCacheStatus promptCache)
            implements Message {
        /** Of a worker that has said nothing yet. */
        public static final Beat NONE = new Beat(0, false, 0, 0, 0, 0, PromptCacheStatus.NOTHING);
    }

    /** Appliance: an answer is wanted; at most {@code credits} pieces may come before more are granted. */
    record Chat(ChatRequest request, int credits) implements Message {}

    /** Appliance: texts are to be scored as an answer. */
    record Score(List<ChatMessage> messages, int fixedMessages, List<String> continuations, long deadlineMillis)
            implements Message {}

    /** Appliance: a recorded answer is to be made again. */
    record Replay(ReplayRequest request) implements Message {}

    /** Appliance: tokens of each text are to be counted. */
    record CountTokens(List<String> texts) implements Message {}

    /** Appliance: tokens of the prompt that the messages become are to be counted. */
    record CountPrompt(List<ChatMessage> messages) implements Message {}

    /**
     * Appliance: texts are to be embedded.
     *
     * @param caller whose turn it takes
     */
    record Embed(
            String caller, List<String> texts, Embedder.Input input, Embedder.Overlong overlong, long deadlineMillis)
            implements Message {}

    /**
     * Appliance: passages are to be scored as answers to a query.
     *
     * @param caller whose turn it takes
     */
    record Rerank(String caller, String query, List<String> passages, long deadlineMillis) implements Message {}

    /** Appliance: so many more pieces may come for this request. */
    record Credit(int credits) implements Message {}

    /** Appliance: nobody waits for this request any more. */
    record Cancel() implements Message {}

    /** Appliance: take no more requests, finish those that run, then exit. */
    record Drain(long patienceMillis) implements Message {}

    /** Worker: an answer is queued; its pieces follow. */
    record Accepted() implements Message {}

    /** Worker: the next text of an answer. */
    record Piece(String text, List<TokenLogprob> logprobs) implements Message {}

    /** Worker: an answer is finished. */
    record Finished(Generated answer) implements Message {}

    /** Worker: counts of tokens, in order. */
    record Counts(List<Integer> counts) implements Message {}

    /** Worker: scores of continuations or passages, in order. */
    record Scores(List<Double> scores) implements Message {}

    /** Worker: how a replay went. */
    record Compared(Replayed replayed) implements Message {}

    /** Worker: vectors, in order. Little-endian 32-bit floats on the wire. */
    record Vectors(List<float[]> vectors) implements Message {}

    /** Worker: the request was not taken. */
    record Refused(Refusal refusal) implements Message {}

    /** Worker: the request was lost. */
    record Failed(String reason) implements Message {}

    /** Either side: the peer broke the protocol; the connection ends here. */
    record Goodbye(String reason) implements Message {}
}
