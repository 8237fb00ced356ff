package org.cartulary.retrieval.scope;

import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.cartulary.compliance.rights.ReadFilter;
import org.jspecify.annotations.Nullable;

/**
 * What a search looks at: of what the reader may read, what he wants. Both are part of the queries themselves.
 *
 * @param readable what he may read
 * @param on the day on which documents are to stand so
 * @param standings at least one
 * @param sites where not empty, only documents of these sites and such as hold at every site
 * @param fields where not empty, only documents that have all these values
 * @param datedFrom where given, only documents that became effective, or were added where they have no such date, on that
 *     day or later
 * @param datedTo likewise, on that day or earlier
 * @param documents where not empty, only these
 * @param without documents that are passed over, at most {@value #MAX_WITHOUT}
 */
public record SearchScope(
        ReadFilter readable,
        LocalDate on,
        Set<Standing> standings,
        SortedSet<String> sites,
        SortedMap<String, String> fields,
        @Nullable LocalDate datedFrom,
        @Nullable LocalDate datedTo,
        SortedSet<UUID> documents,
        Set<UUID> without) {
    /** Most documents that one search can pass over. */
    public static final int MAX_WITHOUT = 1_000;

    public SearchScope {
        if (standings.isEmpty()) {
            throw new IllegalArgumentException("A search looks at one standing of documents at least");
        }
        if (without.size() > MAX_WITHOUT) {
            throw new IllegalArgumentException(
                    "A search passes over " + MAX_WITHOUT + " documents at most, not " + without.size());
        }
        without = Set.copyOf(without);
        standings = Collections.unmodifiableSet(EnumSet.copyOf(standings));
        sites = Collections.unmodifiableSortedSet(new TreeSet<>(sites));
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        documents = Collections.unmodifiableSortedSet(new TreeSet<>(documents));
    }

    /** Of all documents, passing over none. */
    public SearchScope(
            ReadFilter readable,
            LocalDate on,
            Set<Standing> standings,
            SortedSet<String> sites,
            SortedMap<String, String> fields,
            @Nullable LocalDate datedFrom,
            @Nullable LocalDate datedTo) {
        this(readable, on, standings, sites, fields, datedFrom, datedTo, new TreeSet<>(), Set.of());
    }

    /** All that is in force on a day and may be read. */
    public static SearchScope inForce(ReadFilter readable, LocalDate on) {
        return new SearchScope(
                readable, on, EnumSet.of(Standing.IN_FORCE), new TreeSet<>(), new TreeMap<>(), null, null);
    }

    /** The same wishes within other rights. */
    public SearchScope within(ReadFilter other) {
        return new SearchScope(other, on, standings, sites, fields, datedFrom, datedTo, documents, without);
    }

    /** The same of these documents alone, standing however they are wanted to stand. */
    public SearchScope narrowedTo(SortedSet<UUID> some, Set<Standing> standing) {
        return new SearchScope(readable, on, standing, sites, fields, datedFrom, datedTo, some, without);
    }

    /** The same, passing over these documents. */
    public SearchScope without(Set<UUID> some) {
        return new SearchScope(readable, on, standings, sites, fields, datedFrom, datedTo, documents, some);
    }

    /** Markings that may be read. */
    public SortedSet<Long> markings() {
        return readable.markings();
    }
}
