package org.cartulary.appliance.api;

import io.micronaut.http.HttpStatus;
import io.micronaut.serde.annotation.Serdeable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.asking.Wishes;
import org.cartulary.retrieval.scope.Standing;
import org.jspecify.annotations.Nullable;

/**
 * Which documents a question looks at, of those that its caller may read.
 *
 * @param on the day on which they are to stand so; today where absent
 * @param standings {@code in-force}, {@code not-yet}, {@code draft}, {@code superseded} or {@code expired}; where absent,
 *     what is in force
 * @param sites only what holds at one of these or at every site
 * @param fields only what has all these values
 * @param datedFrom nothing that became effective, or was added, before this day
 * @param datedTo nothing that became effective, or was added, after this day
 */
@Serdeable
record ScopeBody(
        @Nullable LocalDate on,
        @Nullable List<String> standings,
        @Nullable List<String> sites,
        @Nullable Map<String, String> fields,
        @Nullable LocalDate datedFrom,
        @Nullable LocalDate datedTo) {
    /** More sites or fields than this are refused. */
    private static final int MAX_VALUES = 100;

    static Wishes wishes(@Nullable ScopeBody scope) {
        return scope == null ? Wishes.IN_FORCE : scope.wishes();
    }

    private Wishes wishes() {
        List<String> wantedSites = Taken.texts(sites, "sites");
        Map<String, String> wantedFields = fields == null ? Map.of() : fields;
        Taken.texts(new ArrayList<>(wantedFields.values()), "fields");
        if (wantedSites.size() > MAX_VALUES || wantedFields.size() > MAX_VALUES) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "At most " + MAX_VALUES + " sites or fields can be asked for.",
                    "scope",
                    null);
        }
        return new Wishes(
                on,
                standings == null || standings.isEmpty() ? EnumSet.of(Standing.IN_FORCE) : standings(standings),
                new TreeSet<>(wantedSites),
                new TreeMap<>(wantedFields),
                datedFrom,
                datedTo);
    }

    private static Set<Standing> standings(List<String> words) {
        Set<Standing> standings = EnumSet.noneOf(Standing.class);
        for (String word : Taken.texts(words, "standings")) {
            standings.add(Standing.named(word)
                    .orElseThrow(() -> new Refused(
                            HttpStatus.BAD_REQUEST,
                            "\"" + word + "\" is no standing of a document; there are: "
                                    + Stream.of(Standing.values())
                                            .map(Standing::word)
                                            .collect(Collectors.joining(", "))
                                    + ".",
                            "scope",
                            null)));
        }
        return standings;
    }
}
