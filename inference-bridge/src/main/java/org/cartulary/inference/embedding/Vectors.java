package org.cartulary.inference.embedding;

import java.util.List;

/** Arithmetic of vectors. */
public final class Vectors {
    private Vectors() {}

    /**
     * The numbers that an engine gave, checked.
     *
     * @throws UnusableVector when one is not finite, or all are zero
     */
    public static float[] requireUsable(float[] vector) {
        requireFinite(vector);
        boolean some = false;
        for (float value : vector) {
            some |= value != 0;
        }
        if (!some) {
            throw new UnusableVector("The model's vector of " + vector.length
                    + " values is zero: the model file or this processor's kernels are broken.");
        }
        return vector;
    }

    /** As {@link #requireUsable}, for scores: zero is one. */
    public static void requireFinite(float[] outputs) {
        for (float value : outputs) {
            if (!Float.isFinite(value)) {
                throw new UnusableVector(
                        "The model gave a value " + value + ": the model file or this processor's kernels are broken.");
            }
        }
    }

    /** The vector of length 1 in the same direction; changes its argument. */
    public static float[] normalise(float[] vector) {
        double length = Math.sqrt(dot(vector, vector));
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / length);
        }
        return vector;
    }

    /** The mean of vectors of one dimension, each with its weight. */
    public static float[] mean(List<float[]> vectors, List<Integer> weights) {
        double[] sums = new double[vectors.getFirst().length];
        double weight = 0;
        for (int i = 0; i < vectors.size(); i++) {
            float[] vector = vectors.get(i);
            for (int j = 0; j < sums.length; j++) {
                sums[j] += (double) vector[j] * weights.get(i);
            }
            weight += weights.get(i);
        }
        float[] mean = new float[sums.length];
        for (int j = 0; j < sums.length; j++) {
            mean[j] = (float) (sums[j] / weight);
        }
        return mean;
    }

    /** The mean over the rows of a matrix that lies row by row. */
    public static float[] meanOfRows(float[] matrix, int columns) {
        double[] sums = new double[columns];
        for (int i = 0; i < matrix.length; i++) {
            sums[i % columns] += matrix[i];
        }
        float[] mean = new float[columns];
        for (int j = 0; j < columns; j++) {
            mean[j] = (float) (sums[j] * columns / matrix.length);
        }
        return mean;
    }

    /** In -1 to 1; NaN when the dimensions differ or one is zero. */
    public static double cosine(float[] one, float[] other) {
        return one.length == other.length ? dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other)) : Double.NaN;
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }
}
