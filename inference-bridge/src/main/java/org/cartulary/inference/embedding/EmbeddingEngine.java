package org.cartulary.inference.embedding;

import java.util.List;
import org.cartulary.inference.Embedder;

/** An embedding model in this process. Thread-safe; each of its lanes is for one thread. */
public interface EmbeddingEngine {
    /** Engine, version and variant, for example {@code ONNX Runtime 1.28.0 (CPU)}. */
    String kernel();

    /** How it makes vectors. */
    EmbeddingShape shape();

    /** One for each thread that may compute; always the same. */
    List<Lane> lanes();

    /** Tokens of a text, without special ones and prefix. */
    int countTokens(String text);

    /**
     * Token ids as the model reads them, prefix and special ones included. Text never becomes a special token.
     *
     * @return any number of tokens, more than the model takes too
     */
    int[] tokenise(String text, Embedder.Input input);
}
