package org.cartulary.inference.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.cartulary.inference.Embedder;
import org.jspecify.annotations.Nullable;

/**
 * Compares the vector of a fixed sentence with a stored one, so that an engine whose numbers went wrong (another native
 * library in the process, a processor whose kernels are broken) does not serve.
 */
public final class SelfCheck {
    /** Embedded as a passage. */
    static final String SENTENCE = "Visitors sign the log at the front desk before they enter the ward.";

    /** What kernels of different processors and the quantisation may cost; broken kernels gave 0. */
    private static final double LEAST_COSINE = 0.98;

    private SelfCheck() {}

    /**
     * Runs the check.
     *
     * @param modelSha256 names the stored vector; a model without one is only checked for a finite vector that is the
     *     same twice
     * @throws OnnxUnavailable when the vectors differ
     */
    public static void require(OnnxEmbeddingEngine engine, String modelSha256) {
        float[] actual = embed(engine);
        float[] expected = stored(modelSha256);
        double cosine = cosine(actual, expected == null ? embed(engine) : expected);
        if (!(cosine >= LEAST_COSINE)) {
            throw new OnnxUnavailable("The embedder's vector of a fixed sentence has the cosine " + cosine
                    + " to the stored one, and at least " + LEAST_COSINE
                    + " is needed: its numbers are wrong on this processor, and it does not serve.");
        }
    }

    private static float[] embed(OnnxEmbeddingEngine engine) {
        return engine.embed(engine.tokenise(0, SENTENCE, Embedder.Input.PASSAGE));
    }

    /** The stored vectors are those of the model's 32-bit original, so that they also show what its int8 form costs. */
    static float @Nullable [] stored(String modelSha256) {
        try (InputStream in = SelfCheck.class.getResourceAsStream(modelSha256 + ".f32")) {
            if (in == null) {
                return null;
            }
            byte[] bytes = in.readAllBytes();
            float[] vector = new float[bytes.length / Float.BYTES];
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(vector);
            return vector;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the stored vector of " + modelSha256, e);
        }
    }

    static double cosine(float[] one, float[] other) {
        if (one.length != other.length) {
            return Double.NaN;
        }
        double product = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < one.length; i++) {
            product += (double) one[i] * other[i];
            first += (double) one[i] * one[i];
            second += (double) other[i] * other[i];
        }
        return product / Math.sqrt(first * second);
    }
}
