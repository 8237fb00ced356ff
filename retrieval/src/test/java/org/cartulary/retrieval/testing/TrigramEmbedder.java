package org.cartulary.retrieval.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.ModelCard;

/**
 * An embedder without a model: texts with the same runs of three letters get near vectors. It can be told to fail after so
 * many calls, so that work on passages ends in the middle, or with every question.
 */
public final class TrigramEmbedder implements Embedder {
    private final String sha256;
    private final int dimension;
    private final AtomicInteger callsLeft = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicReference<Runnable> hold = new AtomicReference<>(() -> {});
    private final AtomicInteger passages = new AtomicInteger();
    private final List<String> languages;
    private volatile boolean failsQuestions;

    public TrigramEmbedder(String sha256, int dimension) {
        this(sha256, dimension, List.of());
    }

    /** @param languages that it is said to know; all where there are none */
    public TrigramEmbedder(String sha256, int dimension, List<String> languages) {
        this.sha256 = sha256;
        this.dimension = dimension;
        this.languages = List.copyOf(languages);
    }

    /** Fails with every question from now on. */
    public void failQuestions() {
        failsQuestions = true;
    }

    /** Fails from the n-th call with passages on. */
    public void failAfter(int calls) {
        callsLeft.set(calls);
    }

    /**
     * Holds the next question.
     *
     * @param came counted down when it comes
     * @param go what it waits for
     */
    public void holdQuestion(CountDownLatch came, CountDownLatch go) {
        hold.set(() -> {
            came.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new InferenceFailed("interrupted", e);
            }
        });
    }

    /** Passages that it embedded. */
    public int passages() {
        return passages.get();
    }

    @Override
    public ModelCard model() {
        return new ModelCard(
                sha256,
                "trigrams",
                ModelCard.Role.EMBEDDING,
                "none",
                "none",
                "java trigrams",
                maxTokens(),
                false,
                languages);
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public int maxTokens() {
        return 512;
    }

    @Override
    public List<float[]> embed(List<String> texts, Input input, Overlong overlong) {
        if (input == Input.PASSAGE) {
            if (callsLeft.getAndDecrement() <= 0) {
                throw new InferenceFailed("The trigram embedder is down.");
            }
            passages.addAndGet(texts.size());
        }
        if (input == Input.QUERY) {
            if (failsQuestions) {
                throw new InferenceFailed("The trigram embedder is down.");
            }
            hold.getAndSet(() -> {}).run();
        }
        List<float[]> vectors = new ArrayList<>();
        texts.forEach(text -> vectors.add(vector(text)));
        return vectors;
    }

    private float[] vector(String text) {
        float[] vector = new float[dimension];
        String letters = "  " + text.toLowerCase(Locale.ROOT) + "  ";
        for (int i = 0; i + 3 <= letters.length(); i++) {
            vector[Math.floorMod(letters.substring(i, i + 3).hashCode(), dimension)]++;
        }
        double square = 0;
        for (float value : vector) {
            square += value * value;
        }
        for (int i = 0; i < dimension; i++) {
            vector[i] /= (float) Math.sqrt(square);
        }
        return vector;
    }

    @Override
    public Embedder by(String caller) {
        return this;
    }

    @Override
    public List<Integer> countTokens(List<String> texts) {
        return texts.stream().map(text -> text.split("\\s+", -1).length).toList();
    }
}
