package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.UUID;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Role;
import org.cartulary.retrieval.catalog.Catalog;
import org.cartulary.retrieval.catalog.Collection;
import org.cartulary.retrieval.catalog.Creation;

/** Collections: what a reader may ask. */
@Controller("/api/collections")
@ExecuteOn(TaskExecutors.BLOCKING)
final class CollectionController {
    private final Catalog catalog;
    private final Reading reading;

    CollectionController(Catalog catalog, Reading reading) {
        this.catalog = catalog;
        this.reading = reading;
    }

    /** The collections that the caller may read. */
    @CalledBy(scopes = {Scope.ASK, Scope.CURATE, Scope.ADMINISTER})
    @Get
    Collections list(Authentication caller) {
        List<CollectionView> views = catalog
                .collections(reading.filter(Caller.of(caller).principal()))
                .stream()
                .map(summary -> new CollectionView(
                        summary.collection().id(),
                        summary.collection().name(),
                        summary.documents(),
                        summary.passages()))
                .toList();
        return new Collections(views);
    }

    /** Makes a collection; one that the caller may read already is returned as it is. */
    @CalledBy(
            value = {Role.CURATOR, Role.SERVICE, Role.ADMINISTRATOR},
            scopes = {Scope.CURATE, Scope.ADMINISTER})
    @Post
    HttpResponse<CollectionView> create(@Body NewCollection wanted, Authentication caller) {
        Principal principal = Caller.of(caller).principal();
        if (!Collection.isName(wanted.name())) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "A collection's name has 1 to 64 characters of a-z, 0-9 and . _ -, but was \"" + wanted.name()
                            + "\".");
        }
        Creation creation = catalog.create(wanted.name(), principal);
        Collection collection = reading.collection(wanted.name(), principal);
        if (creation.fresh()) {
            return HttpResponse.created(new CollectionView(collection.id(), collection.name(), 0, 0));
        }
        return HttpResponse.ok(list(caller).collections().stream()
                .filter(view -> view.id().equals(collection.id()))
                .findFirst()
                .orElseThrow());
    }

    /** A collection and what is in it. */
    @Serdeable
    record CollectionView(UUID id, String name, long documents, long passages) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Collections(List<CollectionView> collections) {}

    @Serdeable
    record NewCollection(String name) {}
}
