package org.cartulary.compliance.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.policy.Invariant;
import org.cartulary.compliance.policy.Policy;
import org.cartulary.compliance.policy.PolicyChange;
import org.cartulary.compliance.policy.Statement;
import org.cartulary.compliance.policy.Statements;
import org.jdbi.v3.core.Handle;

/** Who there is. Nobody is ever deleted. Runs in the callers' transactions; thread-safe. */
public final class Identities {
    /** The most identities that one call lists. */
    public static final int MAX_LISTED = 1000;

    private static final String DISABLED = "status:disabled";
    private static final String COLUMNS = "SELECT i.*, EXISTS (SELECT 1 FROM compliance.relation r WHERE r.object = '"
            + DISABLED + "' AND r.subject = i.id AND r.until IS NULL) AS disabled FROM compliance.identity i ";

    private final Policy policy;

    public Identities(Policy policy) {
        this.policy = policy;
    }

    /** What holds of everybody's roles and groups, whichever change is made. */
    public static List<Invariant> invariants() {
        return List.of(
                new NestedGroups(),
                new SeparationOfDuties(),
                new LastHolder(Role.ADMINISTRATOR),
                new LastHolder(Role.COMPLIANCE_OFFICER));
    }

    /** Adds somebody; refused where the name or the source's id is taken. */
    public PolicyChange add(Handle handle, Principal by, Identity identity) {
        if (taken(handle, identity)) {
            return new PolicyChange.Refused(
                    "name-taken", "The name \"" + identity.name() + "\" is taken: choose another.");
        }
        Map<String, Object> record = Map.of(
                "act",
                "add-identity",
                "subject",
                identity.id().id(),
                "source",
                identity.source(),
                "name",
                identity.name());
        return policy.change(handle, by, record, (open, version) -> {
            open.createUpdate("""
                            INSERT INTO compliance.identity
                                (id, kind, source, external_id, name, display_name, since)
                            VALUES (:id, :kind, :source, :externalId, :name, :displayName, :version)""")
                    .bind("id", identity.id().id())
                    .bind("kind", identity.kind().wireName())
                    .bind("source", identity.source())
                    .bind("externalId", identity.externalId())
                    .bind("name", identity.name())
                    .bind("displayName", identity.displayName())
                    .bind("version", version)
                    .execute();
            return true;
        });
    }

    private static boolean taken(Handle handle, Identity identity) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT 1 FROM compliance.identity WHERE source = :source
                            AND ((name = :name AND (kind = 'group') = :group) OR external_id = :externalId))""")
                .bind("source", identity.source())
                .bind("name", identity.name())
                .bind("group", identity.kind() == Identity.Kind.GROUP)
                .bind("externalId", identity.externalId())
                .mapTo(Boolean.class)
                .one();
    }

    /** Takes every right from somebody until {@link #enable}; what he is granted stays on the books. */
    public PolicyChange disable(Handle handle, Principal by, Identity identity) {
        if (identity.kind() == Identity.Kind.CONSOLE) {
            return new PolicyChange.Refused(
                    "console",
                    "The console cannot be disabled: whoever owns the machine has it. Take its roles instead.");
        }
        if (Roles.of(handle, identity.id(), Policy.version(handle)).contains(Role.COMPLIANCE_OFFICER)) {
            return new PolicyChange.Refused(
                    "two-people",
                    "A compliance officer is disabled by two people only: request the act disable-officer.");
        }
        return policy.begin(handle, by, disabled(identity.id()));
    }

    /** As {@link #disable}, of a compliance officer: for the approved act of two people. */
    public PolicyChange disableOfficer(Handle handle, Principal by, Identity identity) {
        return policy.begin(handle, by, disabled(identity.id()));
    }

    /** Gives somebody back what he is granted. */
    public PolicyChange enable(Handle handle, Principal by, Identity identity) {
        return policy.end(handle, by, disabled(identity.id()));
    }

    /** Whether somebody was disabled as of a version. */
    public static boolean isDisabled(Handle handle, Principal principal, long version) {
        return Statements.holds(handle, disabled(principal), version);
    }

    private static Statement disabled(Principal principal) {
        return new Statement(DISABLED, "holder", principal.id());
    }

    public static Optional<Identity> find(Handle handle, Principal principal) {
        return handle.createQuery(COLUMNS + "WHERE i.id = :id")
                .bind("id", principal.id())
                .map((row, context) -> identity(row))
                .findOne();
    }

    /**
     * By the name that this house gave.
     *
     * @param name as {@link Identity#normalised} gives it
     * @param group whether a group is meant, which may be called as a person is
     */
    public static Optional<Identity> named(Handle handle, String name, boolean group) {
        return handle.createQuery(
                        COLUMNS + "WHERE i.source = 'local' AND i.name = :name AND (i.kind = 'group') = :group")
                .bind("name", name)
                .bind("group", group)
                .map((row, context) -> identity(row))
                .findOne();
    }

    /**
     * Those of a kind, by name; two of different sources can have the same.
     *
     * @param after id of the last one of the page before; empty for the first page
     * @param limit 1 to {@value #MAX_LISTED}
     */
    public static List<Identity> list(Handle handle, Identity.Kind kind, String after, int limit) {
        return handle.createQuery(COLUMNS + """
                        WHERE i.kind = :kind AND (:after = '' OR (i.name, i.id) >
                            (SELECT last.name, last.id FROM compliance.identity last WHERE last.id = :after))
                        ORDER BY i.name, i.id LIMIT :limit""")
                .bind("kind", kind.wireName())
                .bind("after", after)
                .bind("limit", Math.clamp(limit, 1, MAX_LISTED))
                .map((row, context) -> identity(row))
                .list();
    }

    private static Identity identity(ResultSet row) throws SQLException {
        return new Identity(
                new Principal(row.getString("id")),
                Identity.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("source"),
                row.getString("external_id"),
                row.getString("name"),
                row.getString("display_name"),
                row.getBoolean("disabled"));
    }
}
