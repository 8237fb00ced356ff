package org.cartulary.compliance.acts;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Role;
import org.jdbi.v3.core.Handle;

/** Says who stands behind a pseudonym of the log, for all compliance officers from then on. Thread-safe. */
public final class UnmaskPerson implements Act {
    private static final Set<Role> EITHER = EnumSet.of(Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER);
    private static final Pattern PSEUDONYM = Pattern.compile("[A-Za-z0-9_-]{22}");

    private final EvidenceLog log;
    private final Clock clock;

    public UnmaskPerson(EvidenceLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "unmask-person";
    }

    @Override
    public Set<Role> requesters() {
        return EITHER;
    }

    @Override
    public Set<Role> approvers() {
        return EnumSet.of(Role.COMPLIANCE_OFFICER);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(new Parameter(
                "pseudonym", "The 22 characters that stand for somebody in the log.", Parameter.Type.TEXT));
    }

    /** Says nothing of whether anybody has that name: that is what it takes two people for. */
    @Override
    public Optional<ActOutcome.Refused> check(Handle handle, JsonNode parameters) {
        return PSEUDONYM.matcher(parameters.path("pseudonym").asText()).matches()
                ? Optional.empty()
                : Optional.of(new ActOutcome.Refused(
                        "pseudonym",
                        "The parameter \"pseudonym\" has 22 letters, digits, - and _, as audit show prints it."));
    }

    @Override
    public Optional<ActOutcome.Refused> execute(Handle handle, Principal approver, JsonNode parameters) {
        String pseudonym = parameters.path("pseudonym").asText();
        Optional<Principal> person =
                handle.createQuery("SELECT id FROM compliance.identity ORDER BY id").mapTo(String.class).stream()
                        .map(Principal::new)
                        .filter(principal -> log.pseudonyms(principal).contains(pseudonym))
                        .findFirst();
        if (person.isEmpty()) {
            return Optional.of(new ActOutcome.Refused(
                    "unknown-pseudonym", "Nobody whom this house knows has the pseudonym " + pseudonym + "."));
        }
        handle.createUpdate("""
                        INSERT INTO compliance.unmasked (pseudonym, identity, unmasked_at)
                        VALUES (:pseudonym, :identity, :at) ON CONFLICT DO NOTHING""")
                .bind("pseudonym", pseudonym)
                .bind("identity", person.get().id())
                .bind("at", clock.instant().atOffset(ZoneOffset.UTC))
                .execute();
        return Optional.empty();
    }

    /** Who was unmasked: identities by pseudonym. */
    public static Map<String, Principal> unmasked(Handle handle) {
        return handle.createQuery("SELECT pseudonym, identity FROM compliance.unmasked")
                .map((row, context) -> Map.entry(row.getString("pseudonym"), new Principal(row.getString("identity"))))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
