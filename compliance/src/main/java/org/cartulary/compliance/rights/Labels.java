package org.cartulary.compliance.rights;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.policy.Policy;
import org.cartulary.compliance.policy.PolicyChange;
import org.cartulary.compliance.policy.Statement;
import org.cartulary.compliance.policy.Statements;
import org.jdbi.v3.core.Handle;

/** Which labels there are, and who is listed on them. Runs in the callers' transactions; thread-safe. */
public final class Labels {
    /** Labels of a house at most. */
    public static final int MAX = 1000;

    static final String LISTED = "listed";

    private final Policy policy;

    public Labels(Policy policy) {
        this.policy = policy;
    }

    /** Adds a label; it never changes and never goes, since documents may bear it. */
    public PolicyChange add(Handle handle, Principal by, Label label) {
        List<Label> all = list(handle);
        if (all.size() >= MAX) {
            return new PolicyChange.Refused("too-many-labels", "There are " + MAX + " labels, which is the most.");
        }
        if (all.stream().anyMatch(other -> other.name().equals(label.name()))) {
            return new PolicyChange.Refused(
                    "name-taken", "The label \"" + label.name() + "\" exists already: choose another name.");
        }
        Map<String, Object> record = Map.of(
                "act",
                "add-label",
                "object",
                label.object(),
                "name",
                label.name(),
                "kind",
                label.kind().wireName(),
                "byLaw",
                label.byLaw());
        return policy.change(handle, by, record, (open, version) -> {
            open.createUpdate("INSERT INTO compliance.label (id, name, kind, by_law, since)"
                            + " VALUES (:id, :name, :kind, :byLaw, :version)")
                    .bind("id", label.id())
                    .bind("name", label.name())
                    .bind("kind", label.kind().wireName())
                    .bind("byLaw", label.byLaw())
                    .bind("version", version)
                    .execute();
            return true;
        });
    }

    /** Lists a principal or a group on a label. */
    public PolicyChange list(Handle handle, Principal by, Label label, Principal subject) {
        return policy.begin(handle, by, new Statement(label.object(), LISTED, subject.id()));
    }

    public PolicyChange unlist(Handle handle, Principal by, Label label, Principal subject) {
        return policy.end(handle, by, new Statement(label.object(), LISTED, subject.id()));
    }

    /** Who is listed on a label in his own name, as of a version. */
    public static List<Principal> listed(Handle handle, Label label, long version) {
        return Statements.ofObject(handle, label.object(), version).stream()
                .filter(statement -> statement.relation().equals(LISTED))
                .map(statement -> new Principal(statement.subject()))
                .toList();
    }

    /** All labels, by name. */
    public static List<Label> list(Handle handle) {
        return handle.createQuery("SELECT * FROM compliance.label ORDER BY name")
                .map((row, context) -> label(row))
                .list();
    }

    public static Optional<Label> named(Handle handle, String name) {
        return handle.createQuery("SELECT * FROM compliance.label WHERE name = :name")
                .bind("name", name)
                .map((row, context) -> label(row))
                .findOne();
    }

    private static Label label(ResultSet row) throws SQLException {
        return new Label(
                row.getObject("id", UUID.class),
                row.getString("name"),
                Label.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getBoolean("by_law"));
    }
}
