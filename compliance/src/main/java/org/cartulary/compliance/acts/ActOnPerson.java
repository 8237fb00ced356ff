package org.cartulary.compliance.acts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identities;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.jdbi.v3.core.Handle;

/**
 * An act of two people on a third, whom its only parameter names.
 *
 * @param person who that is, in words
 * @param change what is done to him
 */
public record ActOnPerson(String kind, Set<Role> requesters, Set<Role> approvers, String person, Change change)
        implements Act {
    /** What is done to a person. */
    @FunctionalInterface
    public interface Change {
        /**
         * Does it, in the caller's transaction.
         *
         * @return why it was not done; empty where it was
         */
        Optional<ActOutcome.Refused> make(Handle handle, Principal approver, Identity person);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.person(person));
    }

    @Override
    public Optional<ActOutcome.Refused> check(Handle handle, JsonNode parameters) {
        return named(handle, parameters).isPresent()
                ? Optional.empty()
                : Optional.of(new ActOutcome.Refused(
                        "person", "The parameter \"person\" is to name a person by id, as people list prints it."));
    }

    @Override
    public Optional<ActOutcome.Refused> execute(Handle handle, Principal approver, JsonNode parameters) {
        return check(handle, parameters)
                .or(() ->
                        change.make(handle, approver, named(handle, parameters).orElseThrow()));
    }

    private static Optional<Identity> named(Handle handle, JsonNode parameters) {
        String id = parameters.path("person").asText();
        return Principal.isId(id)
                ? Identities.find(handle, new Principal(id)).filter(identity -> identity.kind() == Identity.Kind.PERSON)
                : Optional.empty();
    }
}
