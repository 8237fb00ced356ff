package org.cartulary.appliance.acts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cartulary.compliance.acts.Act;
import org.cartulary.compliance.acts.ActOutcome;
import org.cartulary.compliance.acts.Parameter;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Role;
import org.jdbi.v3.core.Handle;

/**
 * Changes the keys that sign for the log: a new shard begins with new ones, which the last entry of the old one names. Whoever
 * checks receipts and whoever witnesses need {@code HOME/log/log.vkey} anew. Thread-safe.
 */
public record RotateLogKey(EvidenceLog log) implements Act {
    @Override
    public String kind() {
        return "rotate-log-key";
    }

    @Override
    public Set<Role> requesters() {
        return EnumSet.of(Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER);
    }

    @Override
    public Set<Role> approvers() {
        return EnumSet.of(Role.COMPLIANCE_OFFICER);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Optional<ActOutcome.Refused> check(Handle handle, JsonNode parameters) {
        return Optional.empty();
    }

    @Override
    public Optional<ActOutcome.Refused> execute(Handle handle, Principal approver, JsonNode parameters) {
        log.rotateKeys(handle);
        return Optional.empty();
    }
}
