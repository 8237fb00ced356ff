package org.cartulary.appliance.bench;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/**
 * Two sides measured in alternating pairs, so that what else the machine does strikes both alike.
 *
 * @param unit of every figure
 * @param ratio the median of ours divided by the median of the reference
 * @param pairRatio ours divided by the reference within each pair, which a machine that grows slower or faster during the
 *     measurement does not distort
 * @param pairs how many were measured, after one that was thrown away
 */
public record Comparison(String name, String unit, Side ours, Side reference, double ratio, Side pairRatio, int pairs)
        implements Finding {
    private static final int PAIRS = 9;

    /**
     * One side of a comparison.
     *
     * @param what was measured
     * @param spread largest less smallest
     */
    public record Side(String what, double median, double smallest, double largest, double spread) {
        static Side of(String what, double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            double smallest = sorted[0];
            double largest = sorted[sorted.length - 1];
            return new Side(what, sorted[sorted.length / 2], smallest, largest, largest - smallest);
        }
    }

    /** What is measured, and how. */
    record Measured(String what, DoubleSupplier measurement) {}

    static Comparison of(String name, String unit, Measured ours, Measured reference) {
        double[] left = new double[PAIRS];
        double[] right = new double[PAIRS];
        for (int i = -1; i < PAIRS; i++) {
            boolean oursFirst = i % 2 == 0;
            double first = (oursFirst ? ours : reference).measurement().getAsDouble();
            double second = (oursFirst ? reference : ours).measurement().getAsDouble();
            if (i >= 0) {
                left[i] = oursFirst ? first : second;
                right[i] = oursFirst ? second : first;
            }
        }
        Side one = Side.of(ours.what(), left);
        Side other = Side.of(reference.what(), right);
        double[] ratios = new double[PAIRS];
        Arrays.setAll(ratios, i -> left[i] / right[i]);
        Side pairRatio = Side.of("within each pair", ratios);
        return new Comparison(name, unit, one, other, one.median() / other.median(), pairRatio, PAIRS);
    }
}
