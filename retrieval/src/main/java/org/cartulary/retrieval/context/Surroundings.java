package org.cartulary.retrieval.context;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.Search;
import org.cartulary.retrieval.search.SearchResult;

/**
 * Puts what stands around the best hits, under the same heading, before the hits that follow them: half a table, or a rule
 * without its exception, misleads. Of a short section that is all of it, of a long one what stands right before and behind.
 * Thread-safe.
 */
public final class Surroundings {
    /** Hits whose neighbours are looked up. */
    private static final int BEST = 4;

    /** Passages of a section that is taken whole: some thousand tokens, which leaves room for other hits. */
    private static final int SHORT_SECTION = 5;

    /**
     * What a context is made of.
     *
     * @param ordered hits and what stands around them, in the order in which a context is to take them
     * @param known those, and what else was read of their sections, where a heading row may stand
     */
    public record Gathered(List<Hit> ordered, List<Hit> known) {}

    private final Search search;

    public Surroundings(Search search) {
        this.search = search;
    }

    /**
     * The hits of a search and what stands around the best of them. Read under the search's own rights, in a snapshot of
     * its own.
     */
    public Gathered with(SearchResult found) {
        List<Hit> hits = found.hits();
        List<Hit> best = hits.subList(0, Math.min(BEST, hits.size()));
        List<Hit> around = search.around(best, found.scope());
        List<Hit> known =
                Stream.concat(hits.stream(), around.stream()).distinct().toList();
        List<Hit> ordered = new ArrayList<>(best);
        for (Hit hit : best) {
            addMissing(ordered, neighbours(hit, known));
        }
        for (Hit hit : best) {
            List<Hit> section = section(hit, known);
            addMissing(ordered, section.size() <= SHORT_SECTION ? section : List.of());
        }
        addMissing(ordered, hits);
        return new Gathered(ordered, known);
    }

    /** Passages of a hit's section, itself among them, in reading order. */
    private static List<Hit> section(Hit hit, List<Hit> known) {
        return known.stream()
                .filter(other -> under(other, hit))
                .sorted(Comparator.comparingInt(Hit::start))
                .toList();
    }

    /** What stands right behind a hit, and right before it. */
    private static List<Hit> neighbours(Hit hit, List<Hit> known) {
        List<Hit> section = section(hit, known);
        int own = section.indexOf(hit);
        return Stream.of(own + 1, own - 1)
                .filter(place -> place >= 0 && place < section.size())
                .map(section::get)
                .toList();
    }

    private static void addMissing(List<Hit> ordered, List<Hit> more) {
        more.stream().filter(other -> !contains(ordered, other)).forEach(ordered::add);
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
            numbered.add(new Source(
                    numbered.size() + 1, source.hit(), source.text(), source.start(), source.end(), source.labels()));
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
