package org.cartulary.retrieval.context;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.Search;
import org.cartulary.retrieval.search.SearchResult;

/**
 * Puts what stands around the best hits, under the same heading, before the hits that follow them: half a table, or a rule
 * without its exception, misleads. Thread-safe.
 */
public final class Surroundings {
    /** Hits whose neighbours are looked up. */
    private static final int BEST = 4;

    private final Search search;

    public Surroundings(Search search) {
        this.search = search;
    }

    /**
     * The hits of a search and their neighbours, in the order in which a context is to take them. Read under the search's
     * own rights, in a snapshot of its own.
     */
    public List<Hit> with(SearchResult found) {
        List<Hit> hits = found.hits();
        List<Hit> best = hits.subList(0, Math.min(BEST, hits.size()));
        List<Hit> around = search.around(best, found.scope());
        List<Hit> ordered = new ArrayList<>(best);
        for (Hit hit : best) {
            around.stream()
                    .filter(other -> under(other, hit) && !contains(ordered, other))
                    .sorted(Comparator.comparingInt((Hit other) -> -other.start()))
                    .forEach(ordered::add);
        }
        for (Hit hit : hits.subList(best.size(), hits.size())) {
            if (!contains(ordered, hit)) {
                ordered.add(hit);
            }
        }
        return ordered;
    }

    /**
     * Sources in reading order: of each document together, documents in the order of their first source.
     *
     * @return numbered anew
     */
    static List<Source> inReadingOrder(List<Source> sources) {
        List<UUID> documents = sources.stream()
                .map(source -> source.hit().document())
                .distinct()
                .toList();
        List<Source> ordered = sources.stream()
                .sorted(Comparator.comparingInt((Source source) ->
                                documents.indexOf(source.hit().document()))
                        .thenComparingInt(Source::start))
                .toList();
        List<Source> numbered = new ArrayList<>(ordered.size());
        for (Source source : ordered) {
            numbered.add(new Source(numbered.size() + 1, source.hit(), source.text(), source.start(), source.end()));
        }
        return numbered;
    }

    private static boolean contains(List<Hit> hits, Hit wanted) {
        return hits.stream().anyMatch(hit -> hit.passage() == wanted.passage());
    }

    private static boolean under(Hit other, Hit hit) {
        return other.document().equals(hit.document()) && Objects.equals(other.anchor(), hit.anchor());
    }
}
