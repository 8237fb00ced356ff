package org.cartulary.retrieval.synonym;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.retrieval.lexical.Analysis;
import org.jspecify.annotations.Nullable;

/**
 * Lists of synonyms with the terms of their words, so that a question does not analyse them anew: a list has 20,000 of them at
 * most. Those that were asked for last are kept. Thread-safe.
 */
final class AnalysedLists {
    /** Words of all lists that are kept, at some 200 bytes each; one list is kept however long it is. */
    private static final int MOST_KEPT = 100_000;

    private final Map<UUID, Analysed> byCollection = new LinkedHashMap<>(16, 0.75f, true);
    private int kept;

    /**
     * Words of a line.
     *
     * @param words as the list has them
     * @param terms as analysed; empty for signs alone
     */
    record Term(String words, List<String> terms) {}

    private record Analysed(UUID version, List<List<Term>> lines) {
        int size() {
            return lines.stream().mapToInt(List::size).sum();
        }
    }

    /** The list of a collection; null where this version of it is not kept. */
    synchronized @Nullable List<List<Term>> known(UUID collection, UUID version) {
        Analysed known = byCollection.get(collection);
        return known == null || !known.version().equals(version) ? null : known.lines();
    }

    /** Analyses a list and keeps it in place of other versions of it. */
    List<List<Term>> keep(UUID collection, UUID version, List<List<String>> lines) {
        Analysed analysed = new Analysed(
                version,
                lines.stream()
                        .map(line -> line.stream()
                                .map(words -> new Term(words, Analysis.terms(words)))
                                .toList())
                        .toList());
        put(collection, analysed);
        return analysed.lines();
    }

    private synchronized void put(UUID collection, Analysed analysed) {
        Analysed before = byCollection.put(collection, analysed);
        kept += analysed.size() - (before == null ? 0 : before.size());
        Iterator<Analysed> eldest = byCollection.values().iterator();
        while (kept > MOST_KEPT && byCollection.size() > 1) {
            kept -= eldest.next().size();
            eldest.remove();
        }
    }
}
