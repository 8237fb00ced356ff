package org.cartulary.retrieval.dense;

import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.cartulary.retrieval.scope.ScopeColumns;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.scope.Standing;
import org.jdbi.v3.core.statement.Query;

/**
 * A scope as a condition on {@code retrieval.documents d}, as {@link org.cartulary.retrieval.scope.Validity#on} decides; and
 * what it binds. The markings are for the caller to ask about, where they are cheapest.
 */
final class ScopeCondition {
    /**
     * Documents that are not in force: the opposite of {@link Standing#IN_FORCE} below. Each part has an index, and of most
     * installations they are the fewer by far, so that leaving them out costs less than looking each document up.
     */
    static final String NOT_IN_FORCE = "SELECT id FROM retrieval.documents WHERE draft"
            + " UNION ALL SELECT id FROM retrieval.documents WHERE superseded_on <= :on"
            + " UNION ALL SELECT id FROM retrieval.documents WHERE expires_on < :on"
            + " UNION ALL SELECT id FROM retrieval.documents WHERE effective_on > :on";

    private final SearchScope scope;

    ScopeCondition(SearchScope scope) {
        this.scope = scope;
    }

    /** Whether all that is in force is looked at, and nothing else is asked of it: what most searches want. */
    boolean isAboutStandingAlone() {
        return scope.standings().equals(EnumSet.of(Standing.IN_FORCE))
                && scope.sites().isEmpty()
                && scope.fields().isEmpty()
                && scope.documents().isEmpty()
                && scope.without().isEmpty()
                && scope.datedFrom() == null
                && scope.datedTo() == null;
    }

    /** Begins with {@code AND}. */
    String sql() {
        List<String> standings =
                scope.standings().stream().map(ScopeCondition::standing).toList();
        StringBuilder sql = new StringBuilder(" AND (")
                .append(String.join(" OR ", standings))
                .append(')');
        if (!scope.sites().isEmpty()) {
            sql.append(" AND (d.site IS NULL OR d.site = ANY(:sites))");
        }
        if (!scope.fields().isEmpty()) {
            sql.append(" AND d.fields @> CAST(:fields AS jsonb)");
        }
        if (!scope.documents().isEmpty()) {
            sql.append(" AND d.id = ANY(:documents)");
        }
        if (scope.datedFrom() != null) {
            sql.append(" AND " + DATED + " >= :datedFrom");
        }
        if (scope.datedTo() != null) {
            sql.append(" AND " + DATED + " <= :datedTo");
        }
        if (!scope.without().isEmpty()) {
            sql.append(" AND NOT (d.id = ANY(:without))");
        }
        return sql.toString();
    }

    Query bind(Query query) {
        query.bindArray("markings", Long.class, scope.markings());
        if (!scope.standings().equals(EnumSet.of(Standing.DRAFT))) {
            query.bind("on", scope.on());
        }
        if (!scope.sites().isEmpty()) {
            query.bindArray("sites", String.class, scope.sites());
        }
        if (!scope.fields().isEmpty()) {
            query.bind("fields", ScopeColumns.json(scope.fields()));
        }
        if (!scope.documents().isEmpty()) {
            query.bindArray("documents", UUID.class, scope.documents());
        }
        if (scope.datedFrom() != null) {
            query.bind("datedFrom", scope.datedFrom());
        }
        if (scope.datedTo() != null) {
            query.bind("datedTo", scope.datedTo());
        }
        if (!scope.without().isEmpty()) {
            query.bindArray("without", UUID.class, scope.without());
        }
        return query;
    }

    private static final String DATED = "coalesce(d.effective_on, (d.added_at AT TIME ZONE 'UTC')::date)";
    private static final String CURRENT = "NOT d.draft AND (d.superseded_on IS NULL OR d.superseded_on > :on)";
    private static final String RUNNING = CURRENT + " AND (d.expires_on IS NULL OR d.expires_on >= :on)";

    private static String standing(Standing standing) {
        return switch (standing) {
            case DRAFT -> "d.draft";
            case SUPERSEDED -> "(NOT d.draft AND d.superseded_on <= :on)";
            case EXPIRED -> "(" + CURRENT + " AND d.expires_on < :on)";
            case NOT_YET -> "(" + RUNNING + " AND d.effective_on > :on)";
            case IN_FORCE -> "(" + RUNNING + " AND (d.effective_on IS NULL OR d.effective_on <= :on))";
        };
    }
}
