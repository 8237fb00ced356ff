package org.cartulary.compliance.policy;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Reads and writes statements; each counts from one version up to another. Runs in the callers' transactions. */
public final class Statements {
    /** Of a row, whether it counts as of {@code :version}. */
    public static final String COUNTS = "(since <= :version AND (until IS NULL OR until > :version))";

    private Statements() {}

    /** Whether a statement counts as of a version. */
    public static boolean holds(Handle handle, Statement statement, long version) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM compliance.relation WHERE object = :object"
                        + " AND relation = :relation AND subject = :subject AND " + COUNTS + ")")
                .bindMethods(statement)
                .bind("version", version)
                .mapTo(Boolean.class)
                .one();
    }

    /** Those that count as of a version and have one of these subjects. */
    public static List<Statement> ofSubjects(Handle handle, SortedSet<String> subjects, long version) {
        return handle.createQuery("SELECT object, relation, subject FROM compliance.relation"
                        + " WHERE subject = ANY(:subjects) AND " + COUNTS + " ORDER BY id")
                .bindArray("subjects", String.class, subjects)
                .bind("version", version)
                .map((row, context) ->
                        new Statement(row.getString("object"), row.getString("relation"), row.getString("subject")))
                .list();
    }

    /** Those that count as of a version about an object. */
    public static List<Statement> ofObject(Handle handle, String object, long version) {
        return handle.createQuery("SELECT object, relation, subject FROM compliance.relation"
                        + " WHERE object = :object AND " + COUNTS + " ORDER BY relation, subject")
                .bind("object", object)
                .bind("version", version)
                .map((row, context) ->
                        new Statement(row.getString("object"), row.getString("relation"), row.getString("subject")))
                .list();
    }

    /** A principal and all groups that it is in, by whichever way, as of a version. */
    public static SortedSet<String> subjectsOf(Handle handle, String principal, long version) {
        return new TreeSet<>(handle.createQuery("""
                        WITH RECURSIVE subject(id) AS (
                            SELECT CAST(:principal AS text)
                            UNION
                            SELECT r.object FROM compliance.relation r JOIN subject s ON r.subject = s.id
                            WHERE r.relation = 'member' AND\s""" + COUNTS + ") SELECT id FROM subject")
                .bind("principal", principal)
                .bind("version", version)
                .mapTo(String.class)
                .set());
    }

    /** A shortest way from a principal by groups to one of its subjects, both included; for people who ask why. */
    public static List<String> path(Handle handle, String principal, String subject, long version) {
        return handle.createQuery("""
                        WITH RECURSIVE way(id, path) AS (
                            SELECT CAST(:principal AS text), ARRAY[CAST(:principal AS text)]
                            UNION ALL
                            SELECT r.object, w.path || r.object
                            FROM compliance.relation r JOIN way w ON r.subject = w.id
                            WHERE r.relation = 'member' AND NOT r.object = ANY(w.path) AND\s""" + COUNTS + """
                        )
                        SELECT path FROM way WHERE id = :subject ORDER BY cardinality(path), path LIMIT 1""")
                .bind("principal", principal)
                .bind("subject", subject)
                .bind("version", version)
                .map((row, context) -> List.of((String[]) row.getArray("path").getArray()))
                .findOne()
                .orElse(List.of(principal));
    }

    /** The version in which a statement that counts as of a version began. */
    public static Optional<Long> since(Handle handle, Statement statement, long version) {
        return handle.createQuery("SELECT since FROM compliance.relation WHERE object = :object"
                        + " AND relation = :relation AND subject = :subject AND " + COUNTS)
                .bindMethods(statement)
                .bind("version", version)
                .mapTo(Long.class)
                .findOne();
    }

    /** Lets a statement count from a version on; false where it does already. */
    static boolean begin(Handle handle, Statement statement, long version) {
        return handle.createUpdate("""
                        INSERT INTO compliance.relation (object, relation, subject, since)
                        VALUES (:object, :relation, :subject, :version) ON CONFLICT DO NOTHING""")
                        .bindMethods(statement)
                        .bind("version", version)
                        .execute()
                == 1;
    }

    /** Ends all statements about an object with a version; returns how many. */
    public static int endAll(Handle handle, String object, long version) {
        return handle.createUpdate(
                        "UPDATE compliance.relation SET until = :version" + " WHERE object = :object AND until IS NULL")
                .bind("object", object)
                .bind("version", version)
                .execute();
    }

    /** Ends a statement with a version; false where it does not count. */
    static boolean end(Handle handle, Statement statement, long version) {
        return handle.createUpdate("UPDATE compliance.relation SET until = :version WHERE object = :object"
                                + " AND relation = :relation AND subject = :subject AND until IS NULL")
                        .bindMethods(statement)
                        .bind("version", version)
                        .execute()
                == 1;
    }
}
