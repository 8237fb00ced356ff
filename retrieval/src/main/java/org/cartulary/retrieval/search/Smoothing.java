package org.cartulary.retrieval.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets passages that say alike things share their scores: closely associated documents tend to be relevant to the same
 * questions (van Rijsbergen's cluster hypothesis; Diaz, "Regularizing Ad Hoc Retrieval Scores", CIKM 2005). A passage is
 * ranked by a mix of its own score and the mean of its nearest neighbours among the best, weighed by similarity. Measured
 * against plain fusion in the module's README.
 */
final class Smoothing {
    /** The best that are looked at; the rest keep their order behind them. */
    static final int CANDIDATES = 200;

    private static final int ONE = 1 << 15;
    private static final int NEIGHBOURS = 10;
    private static final double NEIGHBOURS_WEIGHT = 0.4;

    private Smoothing() {}

    /**
     * Ranks passages anew.
     *
     * @param fused best first
     * @param vectors of the first {@link #CANDIDATES}, of length 1; one without a vector is ranked by its own score
     * @return all of them, best first; ties by id, so that a search can be repeated
     */
    static List<Fused> rank(List<Fused> fused, Map<Long, float[]> vectors) {
        int candidates = Math.min(CANDIDATES, fused.size());
        if (candidates < 2) {
            return fused;
        }
        double[][] similarities = similarities(fused.subList(0, candidates), vectors);
        List<Fused> ranked = new ArrayList<>(fused.size());
        double least = 1;
        for (int i = 0; i < candidates; i++) {
            Fused hit = fused.get(i);
            double score = mixed(hit.scores().fused(), neighbours(fused, similarities[i]));
            least = Math.min(least, score);
            ranked.add(new Fused(hit.passage(), hit.scores().rankedBy(score)));
        }
        ranked.sort(Fused.BEST_FIRST);
        for (Fused rest : fused.subList(candidates, fused.size())) {
            double score =
                    Math.min(least, (1 - NEIGHBOURS_WEIGHT) * rest.scores().fused());
            ranked.add(new Fused(rest.passage(), rest.scores().rankedBy(score)));
        }
        return ranked;
    }

    private static double mixed(double own, @Nullable Double neighbours) {
        return neighbours == null ? own : (1 - NEIGHBOURS_WEIGHT) * own + NEIGHBOURS_WEIGHT * neighbours;
    }

    /** Null where it has none. */
    private static @Nullable Double neighbours(List<Fused> fused, double[] similarities) {
        double bound = boundOfNearest(similarities);
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < similarities.length; i++) {
            if (similarities[i] >= bound && similarities[i] > 0) {
                sum += similarities[i] * fused.get(i).scores().fused();
                weights += similarities[i];
            }
        }
        return weights > 0 ? sum / weights : null;
    }

    /** The least of the greatest ten; the least of all where there are fewer. */
    private static double boundOfNearest(double[] similarities) {
        double[] greatest = new double[Math.min(NEIGHBOURS, similarities.length)];
        Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
        for (double similarity : similarities) {
            if (similarity > greatest[0]) {
                int place = 0;
                while (place + 1 < greatest.length && greatest[place + 1] < similarity) {
                    greatest[place] = greatest[place + 1];
                    place++;
                }
                greatest[place] = similarity;
            }
        }
        return greatest[0];
    }

    /** Of each with each; 0 with itself and where one has no vector. */
    private static double[][] similarities(List<Fused> candidates, Map<Long, float[]> vectors) {
        int size = candidates.size();
        int[][] rows = new int[size][];
        for (int i = 0; i < size; i++) {
            rows[i] = whole(vectors.get(candidates.get(i).passage()));
        }
        double[][] similarities = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                double similarity = dot(rows[i], rows[j]) / ((double) ONE * ONE);
                similarities[i][j] = similarity;
                similarities[j][i] = similarity;
            }
        }
        return similarities;
    }

    /** Components in parts of {@link #ONE}; finer than the halves that the index keeps of all but the smallest. */
    private static int[] whole(float @Nullable [] vector) {
        if (vector == null) {
            return new int[0];
        }
        int[] whole = new int[vector.length];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = Math.round(vector[i] * ONE);
        }
        return whole;
    }

    /**
     * Whole numbers come to the same sum in whatever order they are added, so that the compiler may add many at once, and
     * each processor comes to the same. No sum leaves the range: none exceeds the product of the lengths, about 2³⁰.
     */
    private static int dot(int[] a, int[] b) {
        int sum = 0;
        int length = Math.min(a.length, b.length);
        for (int i = 0; i < length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
