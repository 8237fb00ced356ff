package org.cartulary.appliance.bench;

import java.util.List;

/**
 * What a benchmark found.
 *
 * @param machine processors, and what computed
 */
public record Measurements(
        String machine,
        List<Comparison> comparisons,
        List<Figure> figures,
        List<SearchLoad> searches,
        List<EvidenceLoad> evidence) {
    public Measurements {
        comparisons = List.copyOf(comparisons);
        figures = List.copyOf(figures);
        searches = List.copyOf(searches);
        evidence = List.copyOf(evidence);
    }
}
