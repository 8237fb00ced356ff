package org.cartulary.appliance.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Gathers what a benchmark finds, and tells of each at once: a whole run takes many minutes. Used by one thread. */
final class Findings {
    private final Consumer<Finding> heard;
    private final List<Comparison> comparisons = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();

    Findings(Consumer<Finding> heard) {
        this.heard = heard;
    }

    void add(Comparison comparison) {
        comparisons.add(comparison);
        heard.accept(comparison);
    }

    void add(Figure figure) {
        figures.add(figure);
        heard.accept(figure);
    }

    /** All of them, found on {@code machine}. */
    Measurements on(String machine) {
        return new Measurements(machine, comparisons, figures);
    }
}
