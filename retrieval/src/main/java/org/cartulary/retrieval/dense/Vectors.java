package org.cartulary.retrieval.dense;

/** Vectors as pgvector reads them, and arithmetic on them. */
public final class Vectors {
    private Vectors() {}

    /** Inner product of two vectors of the same length; the cosine where both have length 1. */
    public static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    static String text(float[] vector) {
        StringBuilder text = new StringBuilder(vector.length * 12).append('[');
        for (float component : vector) {
            if (text.length() > 1) {
                text.append(',');
            }
            text.append(component);
        }
        return text.append(']').toString();
    }
}
