package org.cartulary.compliance.rights;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.policy.Policy;
import org.cartulary.compliance.policy.PolicyChange;
import org.cartulary.compliance.policy.Statements;
import org.jdbi.v3.core.Handle;

/**
 * What documents bear because of where they lie. After a change the owner of the documents marks those anew that it
 * concerns, in the same transaction. Runs in the callers' transactions; thread-safe.
 */
public final class PathRules {
    /** Rules of one collection at most: each is tried on each path. */
    public static final int MAX = 200;

    private final Policy policy;

    public PathRules(Policy policy) {
        this.policy = policy;
    }

    public PolicyChange add(Handle handle, Principal by, PathRule rule) {
        if (of(handle, rule.collection(), Policy.version(handle)).size() >= MAX) {
            return new PolicyChange.Refused(
                    "too-many-rules", "The collection has " + MAX + " path rules, which is the most: merge some.");
        }
        return policy.change(handle, by, record("add-path-rule", rule), (open, version) -> {
            open.createUpdate("""
                            INSERT INTO compliance.path_rule (id, collection, pattern, labels, level, since)
                            VALUES (:id, :collection, :pattern, :labels, :level, :version)""")
                    .bind("id", rule.id())
                    .bind("collection", rule.collection())
                    .bind("pattern", rule.pattern())
                    .bindArray("labels", UUID.class, rule.labels())
                    .bind("level", rule.level())
                    .bind("version", version)
                    .execute();
            return true;
        });
    }

    public PolicyChange remove(Handle handle, Principal by, PathRule rule) {
        return policy.change(
                handle,
                by,
                record("remove-path-rule", rule),
                (open, version) -> open.createUpdate(
                                        "UPDATE compliance.path_rule SET until = :version WHERE id = :id AND until IS NULL")
                                .bind("id", rule.id())
                                .bind("version", version)
                                .execute()
                        == 1);
    }

    /** Those of a collection as of a version. */
    public static List<PathRule> of(Handle handle, UUID collection, long version) {
        return handle.createQuery("SELECT * FROM compliance.path_rule WHERE collection = :collection AND "
                        + Statements.COUNTS + " ORDER BY since, id")
                .bind("collection", collection)
                .bind("version", version)
                .map((row, context) -> rule(row))
                .list();
    }

    /** Those that say something of documents at a path. */
    public static List<PathRule> matching(Handle handle, UUID collection, String path, long version) {
        return of(handle, collection, version).stream()
                .filter(rule -> rule.matches(path))
                .toList();
    }

    private static Map<String, Object> record(String act, PathRule rule) {
        Map<String, Object> record = new TreeMap<>(Map.of(
                "act", act,
                "object", Grants.object(rule.collection()),
                "pattern", rule.pattern(),
                "labels", rule.labels().stream().map(UUID::toString).toList()));
        if (rule.level() != null) {
            record.put("level", rule.level());
        }
        return record;
    }

    private static PathRule rule(ResultSet row) throws SQLException {
        return new PathRule(
                row.getObject("id", UUID.class),
                row.getObject("collection", UUID.class),
                row.getString("pattern"),
                new TreeSet<>(Arrays.asList((UUID[]) row.getArray("labels").getArray())),
                row.getObject("level", Integer.class));
    }
}
