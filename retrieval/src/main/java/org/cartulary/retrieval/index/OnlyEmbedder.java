package org.cartulary.retrieval.index;

import org.cartulary.inference.Embedder;

/** One embedder that somebody else runs. */
record OnlyEmbedder(Embedder embedder) implements Embedders, Embedders.Running {
    @Override
    public Running serving() {
        return this;
    }

    @Override
    public Running start(String sha256) {
        if (sha256.equals(embedder.model().sha256())) {
            return this;
        }
        throw new IndexRefused(
                "No other embedder can be started here than " + embedder.model().sha256() + ".");
    }

    @Override
    public void serve(Running next) {
        if (!next.equals(this)) {
            throw new IllegalArgumentException("No other embedder can serve here");
        }
    }

    @Override
    public void close() {
        // Whoever started it ends it.
    }
}
