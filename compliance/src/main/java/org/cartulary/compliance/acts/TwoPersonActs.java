package org.cartulary.compliance.acts;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cartulary.compliance.canonical.CanonicalJson;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identities;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.people.Roles;
import org.cartulary.compliance.policy.Policy;
import org.jdbi.v3.core.Handle;

/**
 * Acts that take two people: one with the right role asks, another with the right role approves, and it is done at once and
 * once, in the transaction that records the approval. The console is no person and can do neither part. Runs in the
 * callers' transactions; thread-safe.
 */
public final class TwoPersonActs {
    /** Requests that wait at a time at most. */
    public static final int MAX_WAITING = 200;

    public static final int MIN_REASON = 10;
    public static final int MAX_REASON = 1000;

    private final EvidenceLog log;
    private final Clock clock;
    private final Map<String, Act> acts;

    public TwoPersonActs(EvidenceLog log, Clock clock, List<Act> acts) {
        this.log = log;
        this.clock = clock;
        this.acts = acts.stream().collect(Collectors.toUnmodifiableMap(Act::kind, act -> act));
    }

    /** The kinds there are, by name. */
    public List<Act> kinds() {
        return acts.values().stream().sorted(Comparator.comparing(Act::kind)).toList();
    }

    /** Asks for an act. */
    public ActOutcome request(Handle handle, Principal by, String kind, JsonNode parameters, String reason) {
        Act act = acts.get(kind);
        if (act == null) {
            return new ActOutcome.Refused(
                    "unknown-act",
                    "There is no act \"" + kind + "\"; there are "
                            + String.join(", ", acts.keySet().stream().sorted().toList()) + ".");
        }
        Optional<ActOutcome.Refused> refused = notAllowed(handle, by, act.requesters(), "ask for it")
                .or(() -> badReason(reason))
                .or(() -> tooMany(handle))
                .or(() -> Parameter.unfit(act.parameters(), parameters))
                .or(() -> act.check(handle, parameters));
        if (refused.isPresent()) {
            return refused.get();
        }
        // As precise as it is stored, so that the answer says what every later one says.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ActRequest request = new ActRequest(
                UUID.randomUUID(),
                log.nextNumber(handle),
                kind,
                parameters,
                reason.strip(),
                by,
                now,
                now.plus(act.life()),
                ActRequest.State.REQUESTED,
                Optional.empty());
        ActRows.insert(handle, request);
        append(
                handle,
                EntryType.ACT_REQUESTED,
                request,
                by,
                Map.of(
                        "parameters",
                        parameters,
                        "reason",
                        request.reason(),
                        "expires",
                        CanonicalJson.time(request.expiresAt())));
        return new ActOutcome.Done(request);
    }

    /** Approves an act that somebody else asked for, which does it. */
    public ActOutcome approve(Handle handle, Principal by, UUID id) {
        Optional<ActRequest> waiting = waiting(handle, id);
        if (waiting.isEmpty()) {
            return notWaiting();
        }
        ActRequest request = waiting.get();
        Act act = acts.get(request.kind());
        if (act == null) {
            return new ActOutcome.Refused(
                    "unknown-act", "This version does not know the act " + request.kind() + ": withdraw it.");
        }
        if (request.requestedBy().equals(by)) {
            return samePerson();
        }
        Optional<ActOutcome.Refused> refused = notAllowed(handle, by, act.approvers(), "approve it")
                .or(() -> stillAllowed(handle, request, act))
                .or(() -> act.execute(handle, by, request.parameters()));
        if (refused.isPresent()) {
            return refused.get();
        }
        return decided(handle, request, ActRequest.State.EXECUTED, by, Map.of());
    }

    /**
     * Why two people may not do something together; empty where they may. For what no running appliance can be asked for.
     *
     * @param requesters roles of whom the first is to hold one
     * @param approvers and the second
     */
    public static Optional<ActOutcome.Refused> unfit(
            Handle handle,
            Principal requester,
            Set<Role> requesters,
            Principal approver,
            Set<Role> approvers,
            String reason) {
        if (requester.equals(approver)) {
            return Optional.of(samePerson());
        }
        return notAllowed(handle, requester, requesters, "ask for it")
                .or(() -> notAllowed(handle, approver, approvers, "approve it"))
                .or(() -> badReason(reason));
    }

    /** Lists such an act among the others, once it is done; whoever did it has it put on record. */
    public static void note(Handle handle, ActRequest done) {
        ActRequest.Decision decision = done.decision().orElseThrow();
        ActRows.insert(handle, done);
        ActRows.decide(handle, done.id(), done.state(), decision.by(), decision.at());
    }

    private static ActOutcome.Refused samePerson() {
        return new ActOutcome.Refused(
                "same-person", "Whoever asked for an act cannot approve it: that takes another person.");
    }

    /** Whoever lost the role after asking has asked for nothing. */
    private static Optional<ActOutcome.Refused> stillAllowed(Handle handle, ActRequest request, Act act) {
        return notAllowed(handle, request.requestedBy(), act.requesters(), "ask for it")
                .map(refused -> new ActOutcome.Refused(
                        "requester", "Whoever asked for it may not ask for it any more: reject it."));
    }

    /** Ends a request without doing it; for those who could have approved it. */
    public ActOutcome reject(Handle handle, Principal by, UUID id, String reason) {
        Optional<ActRequest> waiting = waiting(handle, id);
        if (waiting.isEmpty()) {
            return notWaiting();
        }
        Act act = acts.get(waiting.get().kind());
        Set<Role> deciders = act == null ? Set.of(Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER) : act.approvers();
        return notAllowed(handle, by, deciders, "reject it")
                .<ActOutcome>map(refused -> refused)
                .orElseGet(() -> decided(
                        handle, waiting.get(), ActRequest.State.REJECTED, by, Map.of("reason", reason.strip())));
    }

    /** Takes a request of one's own back. */
    public ActOutcome withdraw(Handle handle, Principal by, UUID id) {
        return waiting(handle, id)
                .filter(request -> request.requestedBy().equals(by))
                .map(request -> decided(handle, request, ActRequest.State.WITHDRAWN, by, Map.of()))
                .orElseGet(TwoPersonActs::notWaiting);
    }

    /** Ends what waited too long. Called before anything is listed, and every so often; returns how many. */
    public int expire(Handle handle) {
        List<ActRequest> late = ActRows.expired(handle, clock.instant());
        late.forEach(request -> decided(handle, request, ActRequest.State.EXPIRED, Principal.CONSOLE, Map.of()));
        return late.size();
    }

    /**
     * Requests, latest first.
     *
     * @param waiting only those that wait for a decision
     */
    public List<ActRequest> list(Handle handle, boolean waiting, int limit) {
        expire(handle);
        return ActRows.list(handle, waiting, limit);
    }

    /** A request, however it stands. */
    public Optional<ActRequest> find(Handle handle, UUID id) {
        expire(handle);
        return ActRows.find(handle, id);
    }

    private Optional<ActRequest> waiting(Handle handle, UUID id) {
        expire(handle);
        return ActRows.waiting(handle, id);
    }

    private ActOutcome decided(
            Handle handle, ActRequest request, ActRequest.State state, Principal by, Map<String, Object> sealed) {
        ActRows.decide(handle, request.id(), state, by, clock.instant());
        EntryType type = switch (state) {
            case REQUESTED -> throw new IllegalArgumentException("A request is decided otherwise");
            case EXECUTED -> EntryType.ACT_EXECUTED;
            case REJECTED -> EntryType.ACT_REJECTED;
            case WITHDRAWN -> EntryType.ACT_WITHDRAWN;
            case EXPIRED -> EntryType.ACT_EXPIRED;
        };
        append(handle, type, request, by, sealed);
        return new ActOutcome.Done(ActRows.find(handle, request.id()).orElseThrow());
    }

    private void append(Handle handle, EntryType type, ActRequest request, Principal by, Map<String, Object> sealed) {
        log.append(
                handle,
                new EntryDraft(
                        type,
                        request.number(),
                        by,
                        new TreeMap<>(Map.of("kind", request.kind())),
                        new TreeMap<>(sealed)));
    }

    private static Optional<ActOutcome.Refused> notAllowed(
            Handle handle, Principal by, Set<Role> allowed, String what) {
        boolean person = Identities.find(handle, by)
                .filter(identity -> identity.kind() == Identity.Kind.PERSON)
                .isPresent();
        if (!person) {
            return Optional.of(new ActOutcome.Refused(
                    "not-a-person",
                    "This takes two people, and the console and programs are none: sign in, or show a key of yours."));
        }
        Set<Role> held = Roles.of(handle, by, Policy.version(handle));
        if (Collections.disjoint(held, allowed)) {
            return Optional.of(new ActOutcome.Refused(
                    "role",
                    "Only " + allowed.stream().map(Role::wireName).sorted().collect(Collectors.joining(" or "))
                            + " may " + what + "."));
        }
        return Optional.empty();
    }

    private static Optional<ActOutcome.Refused> badReason(String reason) {
        int characters = reason.strip().length();
        return characters < MIN_REASON || characters > MAX_REASON
                ? Optional.of(new ActOutcome.Refused(
                        "reason",
                        "A reason has " + MIN_REASON + " to " + MAX_REASON + " characters, but this one has "
                                + characters + ": whoever approves will read it."))
                : Optional.empty();
    }

    private Optional<ActOutcome.Refused> tooMany(Handle handle) {
        return list(handle, true, MAX_WAITING).size() < MAX_WAITING
                ? Optional.empty()
                : Optional.of(new ActOutcome.Refused(
                        "too-many-acts", MAX_WAITING + " acts wait for a decision already: decide some first."));
    }

    private static ActOutcome.Refused notWaiting() {
        return new ActOutcome.Refused(
                "not-waiting", "There is no such act that waits, or it is decided already, or it has expired.");
    }
}
