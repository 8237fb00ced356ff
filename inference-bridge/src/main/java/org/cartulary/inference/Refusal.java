package org.cartulary.inference;

import java.time.Duration;

/** Why a request was not taken. */
public sealed interface Refusal {
    /** A sentence that a person can act on. */
    String message();

    /** The prompt and the budget for the answer exceed the model's window. Never cut in silence. */
    record PromptTooLong(int promptTokens, int maxTokens, int windowTokens) implements Refusal {
        @Override
        public String message() {
            return "The prompt has " + promptTokens + " tokens and the answer may take " + maxTokens
                    + ", but the model's window holds " + windowTokens + ": shorten the question or the sources.";
        }
    }

    /** A conversation has more characters than a chat template may write, so its tokens are not even counted. */
    record ConversationTooLong(long characters, int maxCharacters) implements Refusal {
        @Override
        public String message() {
            return "The conversation has " + characters + " characters, but a prompt holds at most " + maxCharacters
                    + ": shorten the question or the sources, or leave out earlier messages.";
        }
    }

    /** A text has more tokens than the embedder takes. */
    record TextTooLong(int index, int tokens, int maxTokens) implements Refusal {
        @Override
        public String message() {
            return "Text " + index + " has " + tokens + " tokens, but the embedder takes at most " + maxTokens
                    + ": split it.";
        }
    }

    /** A query and a passage together have more tokens than the reranker takes. */
    record PairTooLong(int index, int tokens, int maxTokens) implements Refusal {
        @Override
        public String message() {
            return "The query and the passage of index " + index + " have " + tokens
                    + " tokens, but the reranker takes at most " + maxTokens + ": shorten one of them.";
        }
    }

    /** Too many requests wait already. */
    record QueueFull(int waiting, Duration retryAfter) implements Refusal {
        @Override
        public String message() {
            return waiting + " requests wait for the model already: try again in " + retryAfter.toSeconds()
                    + " seconds.";
        }
    }

    /** The grammar or another parameter is not usable. */
    record BadRequest(String message) implements Refusal {}
}
