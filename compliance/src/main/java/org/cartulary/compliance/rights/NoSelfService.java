package org.cartulary.compliance.rights;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.policy.Invariant;
import org.cartulary.compliance.policy.PolicyChange;
import org.cartulary.compliance.policy.Statement;
import org.cartulary.compliance.policy.Statements;
import org.jdbi.v3.core.Handle;

/**
 * Nobody widens his own rights, by whichever group: that takes somebody else. The console may, since whoever owns the
 * machine can do anything on it anyhow, and so may the maker of a collection, on which nobody had a right before.
 */
public final class NoSelfService implements Invariant {
    @Override
    public Optional<PolicyChange.Refused> brokenBy(Handle handle, Principal by, long before, long after) {
        if (by.equals(Principal.CONSOLE)) {
            return Optional.empty();
        }
        Set<Statement> had = standing(handle, by, before);
        Set<Statement> has = standing(handle, by, after);
        boolean gains = has.stream()
                .filter(statement -> !had.contains(statement))
                .anyMatch(statement -> helps(handle, statement) && !isFresh(handle, statement.object(), after));
        boolean escapes = had.stream()
                .filter(statement -> !has.contains(statement))
                .anyMatch(statement -> !helps(handle, statement));
        return gains || escapes
                ? Optional.of(new PolicyChange.Refused(
                        "own-rights", "Nobody widens his own rights: ask another administrator."))
                : Optional.empty();
    }

    /** What is said of somebody and his groups, whichever of them it is said of. */
    private static Set<Statement> standing(Handle handle, Principal principal, long version) {
        Set<Statement> all = new HashSet<>();
        Statements.ofSubjects(handle, Statements.subjectsOf(handle, principal.id(), version), version).stream()
                .filter(statement -> !statement.relation().equals("member"))
                .forEach(statement -> all.add(new Statement(statement.object(), statement.relation(), principal.id())));
        return all;
    }

    private static boolean helps(Handle handle, Statement statement) {
        if (statement.object().startsWith("status:")) {
            return false;
        }
        return !statement.object().startsWith("label:")
                || Labels.list(handle).stream()
                        .filter(label -> label.object().equals(statement.object()))
                        .anyMatch(label -> label.kind() == Label.Kind.ALLOW);
    }

    private static boolean isFresh(Handle handle, String object, long version) {
        return object.startsWith(Grants.COLLECTION)
                && handle.createQuery(
                                "SELECT NOT EXISTS (SELECT 1 FROM compliance.relation WHERE object = :object AND since < :version)")
                        .bind("object", object)
                        .bind("version", version)
                        .mapTo(Boolean.class)
                        .one();
    }
}
