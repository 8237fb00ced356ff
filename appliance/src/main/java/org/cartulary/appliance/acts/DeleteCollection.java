package org.cartulary.appliance.acts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cartulary.compliance.acts.Act;
import org.cartulary.compliance.acts.ActOutcome;
import org.cartulary.compliance.acts.Parameter;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.policy.PolicyChange;
import org.cartulary.compliance.retention.Held;
import org.cartulary.compliance.rights.Grants;
import org.cartulary.retrieval.catalog.Catalog;
import org.cartulary.retrieval.catalog.Collection;
import org.cartulary.retrieval.catalog.DocumentWriter;
import org.jdbi.v3.core.Handle;

/** Deletes a collection with all that is in it. Two administrators agree. Thread-safe. */
public final class DeleteCollection implements Act {
    private static final Set<Role> ADMINISTRATORS = EnumSet.of(Role.ADMINISTRATOR);

    private final Catalog catalog;
    private final DocumentWriter writer;
    private final Grants grants;

    public DeleteCollection(Catalog catalog, DocumentWriter writer, Grants grants) {
        this.catalog = catalog;
        this.writer = writer;
        this.grants = grants;
    }

    @Override
    public String kind() {
        return "delete-collection";
    }

    @Override
    public Set<Role> requesters() {
        return ADMINISTRATORS;
    }

    @Override
    public Set<Role> approvers() {
        return ADMINISTRATORS;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(new Parameter(
                "collection",
                "Name of the collection, which goes with all documents in it.",
                Parameter.Type.COLLECTION));
    }

    @Override
    public Optional<ActOutcome.Refused> check(Handle handle, JsonNode parameters) {
        return named(parameters).isPresent()
                ? Optional.empty()
                : Optional.of(new ActOutcome.Refused(
                        "collection", "The parameter \"collection\" is to name a collection that exists."));
    }

    @Override
    public Optional<ActOutcome.Refused> execute(Handle handle, Principal approver, JsonNode parameters) {
        Optional<Collection> collection = named(parameters);
        if (collection.isEmpty()) {
            return check(handle, parameters);
        }
        boolean deleted;
        try {
            deleted = writer.deleteCollection(handle, collection.get().id(), approver);
        } catch (Held e) {
            return Optional.of(new ActOutcome.Refused("held", e.getMessage() + "."));
        }
        PolicyChange _ = grants.revokeAll(handle, approver, collection.get().id());
        return deleted ? Optional.empty() : check(handle, parameters);
    }

    private Optional<Collection> named(JsonNode parameters) {
        String name = parameters.path("collection").asText();
        return Collection.isName(name) ? catalog.find(name) : Optional.empty();
    }
}
