package org.cartulary.retrieval.answerability;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.ModelCard;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the vectors of the last passages: trials of many questions meet the same sentences again and again.
 * Thread-safe; two threads may embed the same text twice.
 */
public final class RememberingEmbedder implements Embedder {
    /** With 384 floats each, some 60 MB. */
    private static final int MOST = 40_000;

    private final Embedder embedder;
    private final Map<String, float[]> vectors = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
            return size() > MOST;
        }
    };

    public RememberingEmbedder(Embedder embedder) {
        this.embedder = embedder;
    }

    @Override
    public List<float[]> embed(List<String> texts, Input input, Overlong overlong) {
        if (input != Input.PASSAGE || overlong != Overlong.REFUSE) {
            return embedder.embed(texts, input, overlong);
        }
        List<String> unknown =
                texts.stream().filter(text -> recall(text) == null).distinct().toList();
        Map<String, float[]> fresh = new LinkedHashMap<>();
        if (!unknown.isEmpty()) {
            List<float[]> made = embedder.embed(unknown, input, overlong);
            for (int i = 0; i < made.size(); i++) {
                fresh.put(unknown.get(i), made.get(i));
            }
        }
        List<float[]> all = new ArrayList<>(texts.size());
        for (String text : texts) {
            float[] vector = fresh.get(text);
            all.add(vector != null ? vector : remembered(text, input, overlong));
        }
        synchronized (vectors) {
            vectors.putAll(fresh);
        }
        return all;
    }

    /** Another thread may have pushed it out in the meantime. */
    private float[] remembered(String text, Input input, Overlong overlong) {
        float[] vector = recall(text);
        return vector != null
                ? vector
                : embedder.embed(List.of(text), input, overlong).getFirst();
    }

    private float @Nullable [] recall(String text) {
        synchronized (vectors) {
            return vectors.get(text);
        }
    }

    @Override
    public ModelCard model() {
        return embedder.model();
    }

    @Override
    public int dimension() {
        return embedder.dimension();
    }

    @Override
    public int maxTokens() {
        return embedder.maxTokens();
    }

    @Override
    public Embedder by(String caller) {
        return new RememberingEmbedder(embedder.by(caller));
    }

    @Override
    public List<Integer> countTokens(List<String> texts) {
        return embedder.countTokens(texts);
    }
}
