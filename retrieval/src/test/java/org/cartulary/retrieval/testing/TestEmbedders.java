package org.cartulary.retrieval.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cartulary.inference.Embedder;
import org.cartulary.retrieval.index.Embedders;
import org.cartulary.retrieval.index.IndexRefused;

/** Embedders of tests by name, and which of them run; the one that serves is named, as a model store would. */
public final class TestEmbedders implements Embedders {
    private final Map<String, Embedder> known = new ConcurrentHashMap<>();
    private final List<String> running = new CopyOnWriteArrayList<>();
    private volatile String serving;

    public TestEmbedders(Embedder first, Embedder... others) {
        serving = first.model().sha256();
        known.put(serving, first);
        for (Embedder other : others) {
            known.put(other.model().sha256(), other);
        }
    }

    /** What serves everybody. */
    public String servingSha256() {
        return serving;
    }

    /** What runs and was not closed. */
    public List<String> running() {
        return List.copyOf(running);
    }

    @Override
    public Running serving() {
        return start(serving);
    }

    @Override
    public Running start(String sha256) {
        Embedder embedder = known.get(sha256);
        if (embedder == null) {
            throw new IndexRefused("There is no embedder " + sha256 + ".");
        }
        running.add(sha256);
        return new Started(embedder);
    }

    @Override
    public void serve(Running next) {
        serving = next.embedder().model().sha256();
    }

    private final class Started implements Running {
        private final Embedder embedder;

        Started(Embedder embedder) {
            this.embedder = embedder;
        }

        @Override
        public Embedder embedder() {
            return embedder;
        }

        @Override
        public void close() {
            running.remove(embedder.model().sha256());
        }
    }
}
