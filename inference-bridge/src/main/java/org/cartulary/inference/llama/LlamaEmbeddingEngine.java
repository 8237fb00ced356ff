package org.cartulary.inference.llama;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.embedding.EmbeddingEngine;
import org.cartulary.inference.embedding.EmbeddingShape;
import org.cartulary.inference.embedding.Lane;
import org.cartulary.inference.embedding.Vectors;

/**
 * An embedder that an operator imported, by llama.cpp: an encoder such as BERT, or a decoder such as Qwen3-Embedding.
 *
 * <p>Contexts of its own for each thread, and one text at a time in them: attention runs over everything that shares a
 * batch, and one context's threads would wait for each other at every layer. Thread-safe.
 */
public final class LlamaEmbeddingEngine implements EmbeddingEngine, AutoCloseable {
    private final LlamaRuntime runtime;
    private final LlamaModel model;
    private final EmbeddingShape shape;
    private final List<EncoderLane> lanes;

    private LlamaEmbeddingEngine(LlamaRuntime runtime, LlamaModel model, EmbeddingShape shape, int threads) {
        this.runtime = runtime;
        this.model = model;
        this.shape = shape;
        this.lanes = IntStream.range(0, threads)
                .mapToObj(i -> new EncoderLane(model, shape.pooling(), shape.maxTokens()))
                .toList();
    }

    /**
     * Loads a model whose hash is known.
     *
     * @param encoding from the model's manifest and checked header
     * @param threads that compute at once
     * @throws org.cartulary.inference.models.ModelRefused when the model is no embedder
     * @throws LlamaUnavailable when llama.cpp cannot use it
     */
    public static LlamaEmbeddingEngine load(LlamaRuntime runtime, Path file, GgufEncoding encoding, int threads) {
        EmbeddingShape shape = encoding.embedder();
        LlamaModel model = LlamaModel.load(runtime, file);
        if (model.dimension() != shape.dimension()) {
            int actual = model.dimension();
            model.close();
            throw new LlamaUnavailable("The model " + encoding.name() + " makes vectors of " + actual + " values, but "
                    + "its manifest says " + shape.dimension() + ": correct the dimension.");
        }
        return new LlamaEmbeddingEngine(runtime, model, shape, threads);
    }

    @Override
    public String kernel() {
        return runtime.kernel();
    }

    @Override
    public EmbeddingShape shape() {
        return shape;
    }

    @Override
    public List<Lane> lanes() {
        return lanes.stream().<Lane>map(lane -> tokens -> vector(lane, tokens)).toList();
    }

    @Override
    public int countTokens(String text) {
        return model.vocabulary().tokenise(text).length;
    }

    @Override
    public int[] tokenise(String text, Embedder.Input input) {
        return model.vocabulary().tokeniseWhole(shape.prefix(input) + text);
    }

    /** No lane may be at work, nor be used afterwards. */
    @Override
    public void close() {
        lanes.forEach(EncoderLane::close);
        model.close();
    }

    private float[] vector(EncoderLane lane, int[] tokens) {
        float[] vector = Vectors.requireUsable(lane.read(tokens));
        return shape.normalise() ? Vectors.normalise(vector) : vector;
    }
}
