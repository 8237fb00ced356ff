package org.cartulary.appliance.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Gathers what a benchmark finds, and tells of each at once: a whole run takes many minutes. Used by one thread. */
final class Findings {
    private final String only;
    private final Consumer<Finding> heard;
    private final List<Comparison> comparisons = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();
    private final List<SearchLoad> searches = new ArrayList<>();
    private final List<EvidenceLoad> evidence = new ArrayList<>();

    /**
     * None yet.
     *
     * @param only with what the names of wanted findings begin; all are wanted where it is empty
     */
    Findings(String only, Consumer<Finding> heard) {
        this.only = only;
        this.heard = heard;
    }

    /** Measures something, unless only other things are wanted. */
    void add(String name, Supplier<? extends Finding> measurement) {
        if (!name.startsWith(only)) {
            return;
        }
        Finding finding = measurement.get();
        switch (finding) {
            case Comparison comparison -> comparisons.add(comparison);
            case Figure figure -> figures.add(figure);
            case SearchLoad search -> searches.add(search);
            case EvidenceLoad load -> evidence.add(load);
        }
        heard.accept(finding);
    }

    List<SearchLoad> searches() {
        return List.copyOf(searches);
    }

    /** All of them, found on {@code machine}. */
    Measurements on(String machine) {
        return new Measurements(machine, comparisons, figures, searches, evidence);
    }
}
