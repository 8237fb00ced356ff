package org.cartulary.inference.onnx;

/**
 * How a model makes vectors, from its manifest.
 *
 * @param dimension of a vector
 * @param maxTokens longest input, special tokens and prefix included
 * @param normalise whether vectors get length 1
 */
public record EmbeddingShape(
        int dimension, int maxTokens, boolean normalise, String queryPrefix, String passagePrefix) {}
