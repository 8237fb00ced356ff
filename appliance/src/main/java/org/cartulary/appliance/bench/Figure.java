package org.cartulary.appliance.bench;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/**
 * Something measured that has no other side to compare with.
 *
 * @param runs how often it was measured
 */
public record Figure(String name, String unit, double median, double smallest, double largest, int runs)
        implements Finding {
    static Figure of(String name, String unit, int runs, DoubleSupplier measurement) {
        double[] values = new double[runs];
        for (int i = 0; i < runs; i++) {
            values[i] = measurement.getAsDouble();
        }
        Arrays.sort(values);
        return new Figure(name, unit, values[runs / 2], values[0], values[runs - 1], runs);
    }
}
