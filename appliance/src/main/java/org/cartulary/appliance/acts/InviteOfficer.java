package org.cartulary.appliance.acts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cartulary.appliance.accounts.Accounts;
import org.cartulary.compliance.acts.Act;
import org.cartulary.compliance.acts.ActOutcome;
import org.cartulary.compliance.acts.Parameter;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identities;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.jdbi.v3.core.Handle;

/**
 * Lets a compliance officer who lost his password be invited anew, once and for a day: whoever invites could sign in as him,
 * so no administrator does it alone. Thread-safe.
 */
public final class InviteOfficer implements Act {
    private static final Set<Role> EITHER = EnumSet.of(Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER);

    private final Accounts accounts;

    public InviteOfficer(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public String kind() {
        return "invite-officer";
    }

    @Override
    public Set<Role> requesters() {
        return EITHER;
    }

    @Override
    public Set<Role> approvers() {
        return EITHER;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.person("The officer who is invited anew."));
    }

    @Override
    public Optional<ActOutcome.Refused> check(Handle handle, JsonNode parameters) {
        return person(handle, parameters).isPresent()
                ? Optional.empty()
                : Optional.of(new ActOutcome.Refused(
                        "person", "The parameter \"person\" is to name a person by id, as people list prints it."));
    }

    @Override
    public Optional<ActOutcome.Refused> execute(Handle handle, Principal approver, JsonNode parameters) {
        Optional<Identity> person = person(handle, parameters);
        person.ifPresent(officer -> accounts.allowInvitation(handle, approver, officer.id()));
        return person.isPresent() ? Optional.empty() : check(handle, parameters);
    }

    private static Optional<Identity> person(Handle handle, JsonNode parameters) {
        String id = parameters.path("person").asText();
        return Principal.isId(id)
                ? Identities.find(handle, new Principal(id)).filter(identity -> identity.kind() == Identity.Kind.PERSON)
                : Optional.empty();
    }
}
