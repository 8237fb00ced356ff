package org.cartulary.compliance.acts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identities;
import org.cartulary.compliance.people.Identity;
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
                new GiveCompliance(roles),
                new TakeCompliance(roles),
                new DisableOfficer(identities),
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

    private static Optional<Identity> person(Handle handle, JsonNode parameters) {
        String id = parameters.path("person").asText();
        return Principal.isId(id) ? Identities.find(handle, new Principal(id)) : Optional.empty();
    }

    private static Optional<ActOutcome.Refused> needsPerson(Handle handle, JsonNode parameters) {
        return person(handle, parameters)
                        .filter(identity -> identity.kind() == Identity.Kind.PERSON)
                        .isPresent()
                ? Optional.empty()
                : Optional.of(new ActOutcome.Refused(
                        "person", "The parameter \"person\" is to name a person by id, as people list prints it."));
    }

    /** Makes a person a compliance officer. An officer agrees, so that no administrator watches himself by a straw man. */
    private record GiveCompliance(Roles roles) implements Act {
        @Override
        public String kind() {
            return "give-compliance";
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
            return List.of(Parameter.person("Who is to be a compliance officer."));
        }

        @Override
        public Optional<ActOutcome.Refused> check(Handle handle, JsonNode parameters) {
            return needsPerson(handle, parameters);
        }

        @Override
        public Optional<ActOutcome.Refused> execute(Handle handle, Principal approver, JsonNode parameters) {
            return needsPerson(handle, parameters)
                    .or(() -> refused(roles.giveCompliance(
                            handle, approver, person(handle, parameters).orElseThrow())));
        }
    }

    /** Ends a person's office. The last officer stays. */
    private record TakeCompliance(Roles roles) implements Act {
        @Override
        public String kind() {
            return "take-compliance";
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
            return List.of(Parameter.person("Whose office ends."));
        }

        @Override
        public Optional<ActOutcome.Refused> check(Handle handle, JsonNode parameters) {
            return needsPerson(handle, parameters);
        }

        @Override
        public Optional<ActOutcome.Refused> execute(Handle handle, Principal approver, JsonNode parameters) {
            return needsPerson(handle, parameters)
                    .or(() -> refused(roles.takeCompliance(
                            handle, approver, person(handle, parameters).orElseThrow())));
        }
    }

    /** Disables a person who is a compliance officer, which no administrator does alone. */
    private record DisableOfficer(Identities identities) implements Act {
        @Override
        public String kind() {
            return "disable-officer";
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
            return List.of(Parameter.person("The officer who is disabled."));
        }

        @Override
        public Optional<ActOutcome.Refused> check(Handle handle, JsonNode parameters) {
            return needsPerson(handle, parameters);
        }

        @Override
        public Optional<ActOutcome.Refused> execute(Handle handle, Principal approver, JsonNode parameters) {
            return needsPerson(handle, parameters)
                    .or(() -> refused(identities.disableOfficer(
                            handle, approver, person(handle, parameters).orElseThrow())));
        }
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
