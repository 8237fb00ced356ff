package org.cartulary.appliance.asking;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.scope.Standing;
import org.jspecify.annotations.Nullable;

/**
 * Which of the documents that he may read a caller wants looked at.
 *
 * @param on the day on which they are to stand so; null for today
 * @param standings at least one
 * @param sites where not empty, only what holds at one of them or at every site
 * @param fields where not empty, only what has all these values
 * @param datedFrom where given, nothing older
 * @param datedTo where given, nothing newer
 * @param without documents that are passed over
 */
public record Wishes(
        @Nullable LocalDate on,
        Set<Standing> standings,
        SortedSet<String> sites,
        SortedMap<String, String> fields,
        @Nullable LocalDate datedFrom,
        @Nullable LocalDate datedTo,
        Set<UUID> without) {
    /** What is in force today. */
    public static final Wishes IN_FORCE =
            new Wishes(null, EnumSet.of(Standing.IN_FORCE), new TreeSet<>(), new TreeMap<>(), null, null);

    /** With no document passed over. */
    public Wishes(
            @Nullable LocalDate on,
            Set<Standing> standings,
            SortedSet<String> sites,
            SortedMap<String, String> fields,
            @Nullable LocalDate datedFrom,
            @Nullable LocalDate datedTo) {
        this(on, standings, sites, fields, datedFrom, datedTo, Set.of());
    }

    /** What is in force today, but for some documents. */
    public static Wishes inForceWithout(Set<UUID> documents) {
        return new Wishes(
                null, IN_FORCE.standings(), new TreeSet<>(), new TreeMap<>(), null, null, Set.copyOf(documents));
    }

    /** As evidence keeps them; empty where nothing but what is in force today is wanted. */
    Map<String, Object> recorded() {
        if (equals(IN_FORCE)) {
            return Map.of();
        }
        SortedMap<String, Object> recorded = new TreeMap<>();
        recorded.put(
                "standings", standings.stream().map(Standing::word).sorted().toList());
        recorded.put("sites", List.copyOf(sites));
        recorded.put("fields", new TreeMap<String, Object>(fields));
        put(recorded, "on", on);
        put(recorded, "datedFrom", datedFrom);
        put(recorded, "datedTo", datedTo);
        if (!without.isEmpty()) {
            recorded.put(
                    "without", without.stream().map(UUID::toString).sorted().toList());
        }
        return recorded;
    }

    SearchScope within(ReadFilter readable, LocalDate today) {
        return new SearchScope(readable, on == null ? today : on, standings, sites, fields, datedFrom, datedTo)
                .without(without);
    }

    private static void put(SortedMap<String, Object> recorded, String name, @Nullable LocalDate day) {
        if (day != null) {
            recorded.put(name, day.toString());
        }
    }
}
