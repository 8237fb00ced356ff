package org.cartulary.compliance.acts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identities;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.people.Roles;
import org.cartulary.compliance.people.SeparationOfDuties;
import org.cartulary.compliance.policy.PolicyChange;
import org.cartulary.compliance.policy.Settings;
import org.jdbi.v3.core.Handle;

/** The acts of two people that change who watches whom. */
public final class PolicyActs {
    private static final Set<Role> EITHER = EnumSet.of(Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER);
    private static final Set<Role> OFFICER = EnumSet.of(Role.COMPLIANCE_OFFICER);

    private PolicyActs() {}

    /** All of them. */
    public static List<Act> of(Roles roles, Identities identities, Settings settings) {
        return List.of(
                // An officer agrees, so that no administrator watches himself by a straw man.
                new ActOnPerson(
                        "give-compliance",
                        EITHER,
                        OFFICER,
                        "Who is to be a compliance officer.",
                        (handle, approver, person) -> refused(roles.giveCompliance(handle, approver, person))),
                new ActOnPerson(
                        "take-compliance",
                        EITHER,
                        EITHER,
                        "Whose office ends.",
                        (handle, approver, person) -> refused(roles.takeCompliance(handle, approver, person))),
                new ActOnPerson(
                        "disable-officer",
                        EITHER,
                        EITHER,
                        "The officer who is disabled.",
                        (handle, approver, person) -> refused(identities.disableOfficer(handle, approver, person))),
                new Separate(settings));
    }

    private static Optional<ActOutcome.Refused> refused(PolicyChange change) {
        return switch (change) {
            case PolicyChange.Made made -> Optional.empty();
            case PolicyChange.Unchanged unchanged ->
                Optional.of(new ActOutcome.Refused("unchanged", "It is so already: withdraw the request."));
            case PolicyChange.Refused refused -> Optional.of(new ActOutcome.Refused(refused.code(), refused.message()));
        };
    }

    /** Sets which roles exclude each other. */
    private record Separate(Settings settings) implements Act {
        @Override
        public String kind() {
            return "separate-duties";
        }

        @Override
        public Set<Role> requesters() {
            return EITHER;
        }

        @Override
        public Set<Role> approvers() {
            return OFFICER;
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(new Parameter(
                    "pairs",
                    "Pairs of roles that exclude each other, such as [[\"administrator\", \"compliance-officer\"]].",
                    Parameter.Type.LIST));
        }

        @Override
        public Optional<ActOutcome.Refused> check(Handle handle, JsonNode parameters) {
            return pairs(parameters).isPresent()
                    ? Optional.empty()
                    : Optional.of(new ActOutcome.Refused(
                            "pairs",
                            "The parameter \"pairs\" is an array of pairs of roles that exclude each other, such as"
                                    + " [[\"administrator\", \"compliance-officer\"]]."));
        }

        @Override
        public Optional<ActOutcome.Refused> execute(Handle handle, Principal approver, JsonNode parameters) {
            return check(handle, parameters)
                    .or(() -> refused(settings.set(
                            handle,
                            approver,
                            SeparationOfDuties.SETTING,
                            SeparationOfDuties.value(pairs(parameters).orElseThrow()))));
        }

        private static Optional<List<Set<Role>>> pairs(JsonNode parameters) {
            if (!parameters.path("pairs").isArray()) {
                return Optional.empty();
            }
            List<Set<Role>> pairs = new ArrayList<>();
            for (JsonNode pair : parameters.path("pairs")) {
                Set<Role> roles = EnumSet.noneOf(Role.class);
                pair.forEach(name -> Role.named(name.asText()).ifPresent(roles::add));
                if (pair.size() != 2 || roles.size() != 2) {
                    return Optional.empty();
                }
                pairs.add(roles);
            }
            return Optional.of(pairs);
        }
    }
}
