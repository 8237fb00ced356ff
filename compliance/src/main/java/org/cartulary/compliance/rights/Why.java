package org.cartulary.compliance.rights;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.policy.Statement;
import org.cartulary.compliance.policy.Statements;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Why somebody may or may not see a document, as of a version and a time.
 *
 * @param reads whether he may
 * @param reasons each thing that was looked at, in order
 */
public record Why(boolean reads, long version, List<Reason> reasons) {
    public Why {
        reasons = List.copyOf(reasons);
    }

    /** One thing that was looked at. */
    public sealed interface Reason {
        /** Whether it speaks for the reader. */
        boolean inFavour();
    }

    /** The account is disabled, which ends all else. */
    public record Disabled() implements Reason {
        @Override
        public boolean inFavour() {
            return false;
        }
    }

    /**
     * A grant on the collection.
     *
     * @param subject to whom: the reader or a group
     * @param path from the reader by groups to the subject; the reader alone where it is granted to him
     * @param since the version in which it began to count
     */
    public record Granted(Permission permission, Principal subject, List<String> path, long since) implements Reason {
        public Granted {
            path = List.copyOf(path);
        }

        @Override
        public boolean inFavour() {
            return true;
        }
    }

    /** Nobody granted the collection to the reader or to a group of his. */
    public record NotGranted() implements Reason {
        @Override
        public boolean inFavour() {
            return false;
        }
    }

    /** The reader opened the collection in an emergency, which is not over. */
    public record OpenedInEmergency() implements Reason {
        @Override
        public boolean inFavour() {
            return true;
        }
    }

    /** The level of the document and the highest for which the reader is cleared. */
    public record Level(int document, int clearance) implements Reason {
        @Override
        public boolean inFavour() {
            return document <= clearance;
        }
    }

    /** A label that the document bears, and whether the reader, or a group of his, is listed on it. */
    public record Labelled(Label label, boolean listed) implements Reason {
        @Override
        public boolean inFavour() {
            return (label.kind() == Label.Kind.ALLOW) == listed;
        }
    }

    /** Looks at everything that bears on a marking. */
    static Why of(Handle handle, Principal reader, Marking marking, long version, Instant time) {
        Standing standing = Rights.standing(handle, reader, version, time);
        Compiler compiler = new Compiler(standing);
        List<Reason> reasons = new ArrayList<>();
        if (standing.disabled()) {
            reasons.add(new Disabled());
        }
        reasons.addAll(grants(handle, standing, reader, marking.collection()));
        if (reasons.stream().noneMatch(Granted.class::isInstance)) {
            reasons.add(new NotGranted());
        }
        if (standing.opened().contains(marking.collection())) {
            reasons.add(new OpenedInEmergency());
        }
        reasons.add(new Level(marking.level(), compiler.clearance()));
        for (UUID id : marking.labels()) {
            @Nullable Label label = standing.labels().get(id);
            if (label != null) {
                reasons.add(new Labelled(label, compiler.isListed(id)));
            }
        }
        return new Why(compiler.admits(marking), version, reasons);
    }

    private static List<Reason> grants(Handle handle, Standing standing, Principal reader, UUID collection) {
        List<Reason> grants = new ArrayList<>();
        for (Statement statement : standing.statements()) {
            if (!statement.object().equals(Grants.object(collection))) {
                continue;
            }
            Permission.named(statement.relation())
                    .filter(permission -> permission.covers(Permission.READ))
                    .ifPresent(permission -> grants.add(new Granted(
                            permission,
                            new Principal(statement.subject()),
                            Statements.path(handle, reader.id(), statement.subject(), standing.version()),
                            Statements.since(handle, statement, standing.version())
                                    .orElse(standing.version()))));
        }
        return grants;
    }
}
