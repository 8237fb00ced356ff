package org.cartulary.retrieval.dense;

import java.util.List;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;

/**
 * The vector of a query of any length. One that is longer than the embedder takes is read in halves, at a space, whose
 * vectors are averaged: nothing of it is cut. Thread-safe.
 */
public final class QueryEmbedding {
    private final Embedder embedder;

    public QueryEmbedding(Embedder embedder) {
        this.embedder = embedder;
    }

    /**
     * Embeds a query.
     *
     * @return {@link Embedder#dimension} floats, of length 1 where the model's vectors are
     * @throws InferenceRefused when the queue is full, or a single word is longer than the embedder takes
     */
    public float[] of(String query) {
        try {
            return embedder.embed(List.of(query), Embedder.Input.QUERY).getFirst();
        } catch (InferenceRefused e) {
            int middle = query.lastIndexOf(' ', query.length() / 2);
            if (!(e.refusal() instanceof Refusal.TextTooLong) || middle < 1) {
                throw e;
            }
            return mean(of(query.substring(0, middle)), of(query.substring(middle + 1)));
        }
    }

    private static float[] mean(float[] one, float[] other) {
        float[] mean = new float[one.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = one[i] + other[i];
        }
        double length = Math.sqrt(Vectors.dot(mean, mean));
        for (int i = 0; length > 0 && i < mean.length; i++) {
            mean[i] = (float) (mean[i] / length);
        }
        return mean;
    }
}
