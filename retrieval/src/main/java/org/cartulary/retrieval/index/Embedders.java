package org.cartulary.retrieval.index;

import org.cartulary.inference.Embedder;

/** Embedders by the hash of their model: each generation keeps to its own. Thread-safe. */
public interface Embedders {
    /** One embedder, always of the same model, that runs until it is closed. */
    interface Running extends AutoCloseable {
        Embedder embedder();

        /** Ends it when its calls under way have ended. */
        @Override
        void close();
    }

    /** What serves everybody now. */
    Running serving();

    /**
     * Starts another beside what serves, or gives what serves where it is that one; returns when it embeds.
     *
     * @throws IndexRefused when there is no such model, no memory for both, or it cannot embed
     */
    Running start(String sha256);

    /** From now on and after every restart, this one serves everybody. The one before still runs. */
    void serve(Running next);

    /** One embedder that never changes; for evaluations and benchmarks. */
    static Embedders only(Embedder embedder) {
        return new OnlyEmbedder(embedder);
    }
}
