package org.cartulary.retrieval.lexical;

import java.time.LocalDate;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.scope.Standing;
import org.cartulary.retrieval.scope.Validity;
import org.jspecify.annotations.Nullable;

/**
 * From when until when a passage's document holds, as points that queries compare a day with. So a day that passes changes
 * what is found, and no index.
 */
final class Days {
    /** First day on which it holds; the greatest for a draft. */
    private static final String FROM = "from";
    /** First day on which it is superseded. */
    private static final String SUPERSEDED = "superseded";
    /** First day on which it has expired. */
    private static final String EXPIRED = "expired";
    /** The day that it is told by. */
    private static final String DATED = "dated";

    private static final long ALWAYS = Long.MIN_VALUE;
    private static final long NEVER = Long.MAX_VALUE;

    private Days() {}

    static void add(Document fields, Validity validity, LocalDate dated) {
        fields.add(new LongPoint(FROM, validity.draft() ? NEVER : day(validity.effectiveOn(), ALWAYS)));
        fields.add(new LongPoint(SUPERSEDED, day(validity.supersededOn(), NEVER)));
        LocalDate last = validity.expiresOn();
        fields.add(new LongPoint(EXPIRED, last == null ? NEVER : last.toEpochDay() + 1));
        fields.add(new LongPoint(DATED, dated.toEpochDay()));
    }

    /** Passages whose documents stand so on the scope's day. */
    static Query standing(SearchScope scope) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        scope.standings()
                .forEach(standing -> any.add(standing(standing, scope.on().toEpochDay()), Occur.SHOULD));
        return any.build();
    }

    /** As {@link Validity#on} decides. */
    private static Query standing(Standing standing, long day) {
        Query written = LongPoint.newRangeQuery(FROM, ALWAYS, NEVER - 1);
        Query current = LongPoint.newRangeQuery(SUPERSEDED, day + 1, NEVER);
        Query running = LongPoint.newRangeQuery(EXPIRED, day + 1, NEVER);
        return switch (standing) {
            case DRAFT -> LongPoint.newExactQuery(FROM, NEVER);
            case SUPERSEDED -> all(written, LongPoint.newRangeQuery(SUPERSEDED, ALWAYS, day));
            case EXPIRED -> all(written, current, LongPoint.newRangeQuery(EXPIRED, ALWAYS, day));
            case NOT_YET -> all(current, running, LongPoint.newRangeQuery(FROM, day + 1, NEVER - 1));
            case IN_FORCE -> all(current, running, LongPoint.newRangeQuery(FROM, ALWAYS, day));
        };
    }

    /** Passages of documents that are told by a day between two. */
    static Query dated(@Nullable LocalDate from, @Nullable LocalDate to) {
        return LongPoint.newRangeQuery(DATED, day(from, ALWAYS), day(to, NEVER));
    }

    private static Query all(Query... queries) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (Query query : queries) {
            all.add(query, Occur.FILTER);
        }
        return all.build();
    }

    private static long day(@Nullable LocalDate day, long absent) {
        return day == null ? absent : day.toEpochDay();
    }
}
