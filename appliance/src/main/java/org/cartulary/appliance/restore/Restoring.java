package org.cartulary.appliance.restore;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.cartulary.appliance.accounts.ApiKeys;
import org.cartulary.appliance.accounts.CopiedCredentials;
import org.cartulary.appliance.accounts.Holder;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.accounts.StoppedSignIn;
import org.cartulary.compliance.acts.ActOutcome;
import org.cartulary.compliance.acts.ActRequest;
import org.cartulary.compliance.acts.TwoPersonActs;
import org.cartulary.compliance.evidence.Restoration;
import org.cartulary.compliance.evidence.RestorePlan;
import org.cartulary.compliance.evidence.RestoreRefused;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.people.Roles;
import org.cartulary.compliance.policy.Policy;
import org.cartulary.retrieval.catalog.DeletedSince;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The act of two people by which an older copy of the database is brought back to the published log; on a stopped home, up to the commit
 * of one transaction. The next start does the rest. For one thread.
 */
public final class Restoring {
    private static final Set<Role> REQUESTERS = EnumSet.of(Role.ADMINISTRATOR);
    private static final Set<Role> APPROVERS = EnumSet.of(Role.COMPLIANCE_OFFICER);

    private final Jdbi jdbi;
    private final Clock clock;
    private final DataKeys keys;
    private final Restoration restoration;
    private final LostOriginals originals;

    public Restoring(Jdbi jdbi, DataKeys keys, Path home, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.keys = keys;
        this.restoration = new Restoration(jdbi, keys, home, clock);
        this.originals = new LostOriginals(home, keys);
    }

    /**
     * What a restore does, or did.
     *
     * @param documentsGone that the copy has and that are deleted again
     * @param originals of lost documents that can still be read
     */
    public record Report(RestorePlan plan, List<UUID> documentsGone, List<UUID> originals) {
        public Report {
            documentsGone = List.copyOf(documentsGone);
            originals = List.copyOf(originals);
        }
    }

    /**
     * Who wants it, and what they have seen of what is lost.
     *
     * @param people the two
     * @param changes so many lost changes are known
     * @param originals where the originals of lost documents are to be written; null where they are to be dropped
     * @param dropsOriginals whether they may be
     */
    public record Wanted(
            List<Credential> people,
            String reason,
            long changes,
            @Nullable Path originals,
            boolean dropsOriginals) {
        public Wanted {
            people = List.copyOf(people);
        }
    }

    /** Whether one was begun that the next start goes on with. A copy made meanwhile may know of one and be behind all the same. */
    public boolean isUnfinished() {
        return jdbi.withHandle(Restoration::unfinished).isPresent() && !isBehind();
    }

    private boolean isBehind() {
        try {
            return restoration.plan((handle, plan) -> true);
        } catch (RestoreRefused e) {
            return false;
        }
    }

    /** What it would do; nothing is changed. */
    public Report plan() {
        return restoration.plan(this::report);
    }

    private Report report(Handle handle, RestorePlan plan) {
        return new Report(
                plan,
                DeletedSince.of(handle, keys, plan.documentsDeleted()),
                originals.among(plan.documentsLost().stream()
                        .map(RestorePlan.LostDocument::document)
                        .toList()));
    }

    /**
     * Does it.
     *
     * @throws RestoreRefused where those two may not, or do not know what is lost, or it cannot be done; nothing was changed
     */
    public Report restore(Wanted wanted) {
        Restoration.Decision decision = jdbi.inTransaction(handle -> decided(handle, wanted));
        List<Report> done = new ArrayList<>(1);
        RestorePlan _ = restoration.carryOut(decision, (handle, number, plan) -> {
            Report report = report(handle, plan);
            requireKnown(report, wanted);
            if (wanted.originals() != null) {
                originals.writeTo(wanted.originals(), report.originals());
            }
            TwoPersonActs.note(handle, act(decision, number));
            done.add(report);
            return CopiedCredentials.end(handle, plan.anyKeyChanged(), clock.instant());
        });
        return done.getFirst();
    }

    private static void requireKnown(Report report, Wanted wanted) {
        int lost = report.plan().changesLost().size();
        if (wanted.changes() != lost) {
            throw new RestoreRefused(
                    lost + " changes of rights, accounts, keys, holds and the like were made since the copy and"
                            + " are lost, revocations among them perhaps. See --dry-run, which lists them; whoever has seen them says"
                            + " --accept-lost-changes " + lost);
        }
        if (!report.originals().isEmpty() && wanted.originals() == null && !wanted.dropsOriginals()) {
            throw new RestoreRefused("The originals of " + report.originals().size()
                    + " lost documents are still in the home, and the next start removes them: --originals DIR writes them"
                    + " there in clear, named by their ids, to be fed again; --drop-originals does without them");
        }
    }

    private Restoration.Decision decided(Handle handle, Wanted wanted) {
        requirePeople(handle);
        if (wanted.people().size() != 2) {
            throw new RestoreRefused(
                    "A restore takes two people, an administrator and a compliance officer, each with a key"
                            + " of his own, or with password and authenticator: two of --key-file FILE and --person NAME");
        }
        List<Principal> two =
                wanted.people().stream().map(one -> principal(handle, one)).toList();
        Optional<ActOutcome.Refused> refused = unfit(handle, two.getFirst(), two.getLast(), wanted.reason());
        boolean swapped = refused.isPresent()
                && unfit(handle, two.getLast(), two.getFirst(), wanted.reason()).isEmpty();
        if (refused.isPresent() && !swapped) {
            throw new RestoreRefused("These two may not restore, as the copy knows them: "
                    + refused.get().message() + " One is to be an administrator, the other a compliance officer.");
        }
        return swapped
                ? new Restoration.Decision(
                        two.getLast(), two.getFirst(), wanted.reason().strip())
                : new Restoration.Decision(
                        two.getFirst(), two.getLast(), wanted.reason().strip());
    }

    private static void requirePeople(Handle handle) {
        for (Role role : List.of(Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER)) {
            boolean any = Roles.holders(handle, role, Policy.version(handle)).stream()
                    .anyMatch(holder -> !holder.equals(Principal.CONSOLE));
            if (!any) {
                throw new RestoreRefused(
                        "A restore takes two people, and the copy of the database knows none that holds the"
                                + " role " + role.wireName()
                                + ": the console can do neither part. Put a newer copy in place, or begin"
                                + " anew in another home and keep this one as evidence");
            }
        }
    }

    private static Optional<ActOutcome.Refused> unfit(
            Handle handle, Principal requester, Principal approver, String reason) {
        return TwoPersonActs.unfit(handle, requester, REQUESTERS, approver, APPROVERS, reason);
    }

    private Principal principal(Handle handle, Credential credential) {
        return switch (credential) {
            case Credential.Key key -> owner(handle, key.name(), key.text());
            case Credential.Person person ->
                StoppedSignIn.person(handle, keys, person.name(), person.password(), person.code(), clock.instant())
                        .orElseThrow(() -> new RestoreRefused("Password or code of " + person.name()
                                + " are not those that the copy knows, or nobody is called so there, or has no second factor."
                                + " A password that was changed since is the old one; a recovery code does not do"));
        };
    }

    private Principal owner(Handle handle, String file, String key) {
        Holder holder = ApiKeys.holder(handle, key, clock.instant())
                .orElseThrow(() -> new RestoreRefused("The key in " + file
                        + " opens nothing in this copy: it is wrong, has expired, was revoked, or is younger than the copy."
                        + " Show one that was issued before the copy was made"));
        if (!holder.scopes().contains(Scope.ADMINISTER) && !holder.scopes().contains(Scope.AUDIT)) {
            throw new RestoreRefused(
                    "The key in " + file + ": " + Scope.lacking(EnumSet.of(Scope.ADMINISTER, Scope.AUDIT)));
        }
        return holder.principal();
    }

    private ActRequest act(Restoration.Decision decision, long number) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return new ActRequest(
                UUID.randomUUID(),
                number,
                Restoration.KIND,
                JsonNodeFactory.instance.objectNode(),
                decision.reason(),
                decision.requester(),
                now,
                now,
                ActRequest.State.EXECUTED,
                Optional.of(new ActRequest.Decision(decision.approver(), now)));
    }
}
