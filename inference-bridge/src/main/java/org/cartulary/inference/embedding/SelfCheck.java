package org.cartulary.inference.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Compares what an engine makes of a fixed sentence with a reference, so that an engine whose numbers went wrong
 * (another native library in the process, a processor whose kernels are broken) does not serve. At the start, and again
 * now and then. Thread-safe.
 */
public final class SelfCheck {
    /** Embedded as a passage. */
    public static final String SENTENCE = "Visitors sign the log at the front desk before they enter the ward.";

    /** What kernels of different processors and the quantisation may cost; broken kernels gave 0. */
    private static final double LEAST_COSINE = 0.98;

    /** The same engine and processor again: nothing but rounding in another order may differ. */
    private static final double LEAST_COSINE_TO_ITSELF = 0.9999;

    private static final double MOST_SCORE_CHANGE = 0.01;

    private final int[] tokens;
    private final float[] first;

    private SelfCheck(int[] tokens, float[] first) {
        this.tokens = tokens;
        this.first = first;
    }

    /**
     * Checks an engine before it serves.
     *
     * @param tokens of {@link #SENTENCE}, or of a fixed pair for a reranker
     * @param modelSha256 names the stored vector; a model without one is only checked for finite numbers that are the
     *     same again
     * @throws SelfCheckFailed when the numbers differ
     */
    public static SelfCheck atStart(Lane lane, int[] tokens, String modelSha256) {
        float[] first = lane.read(tokens);
        float[] expected = stored(modelSha256);
        if (expected != null) {
            requireCosine(Vectors.cosine(first, expected), LEAST_COSINE, "the stored one");
        }
        SelfCheck check = new SelfCheck(tokens, first);
        check.again(lane);
        return check;
    }

    /**
     * Checks the engine once more, on the lane's own thread.
     *
     * @throws SelfCheckFailed when the numbers are no longer those of the start
     */
    public void again(Lane lane) {
        float[] now = lane.read(tokens);
        if (now.length > 1) {
            requireCosine(Vectors.cosine(now, first), LEAST_COSINE_TO_ITSELF, "its own at the start");
        } else if (!(now.length == first.length && Math.abs(now[0] - first[0]) <= MOST_SCORE_CHANGE)) {
            throw new SelfCheckFailed("The reranker's score of a fixed pair was " + first[0] + " at the start and is "
                    + now[0] + " now: its numbers went wrong in this process, and it does not serve.");
        }
    }

    private static void requireCosine(double cosine, double least, String reference) {
        if (!(cosine >= least)) {
            throw new SelfCheckFailed("The embedder's vector of a fixed sentence has the cosine " + cosine + " to "
                    + reference + ", and at least " + least
                    + " is needed: its numbers are wrong on this processor, and it does not serve.");
        }
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
}
