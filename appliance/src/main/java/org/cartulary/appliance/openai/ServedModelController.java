package org.cartulary.appliance.openai;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.compliance.people.Role;

/** The models that requests under /v1 may name. */
@Controller("/v1/models")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ServedModelController {
    private final ServedModels models;

    ServedModelController(ServedModels models) {
        this.models = models;
    }

    /** The loaded models, the chat model first, and one for each collection that the caller may read. */
    @CalledBy(
            value = {Role.READER, Role.CURATOR, Role.SERVICE},
            scopes = {Scope.ASK, Scope.GENERATE})
    @Get
    ModelList list(Authentication caller) {
        return new ModelList("list", models.list(Caller.of(caller).principal()));
    }

    /**
     * One of them.
     *
     * @param id as the list has it, encoded where it has a blank or a slash
     */
    @CalledBy(
            value = {Role.READER, Role.CURATOR, Role.SERVICE},
            scopes = {Scope.ASK, Scope.GENERATE})
    @Get("/{id}")
    ModelView named(String id, Authentication caller) {
        return models.named(id, Caller.of(caller).principal());
    }

    @Serdeable
    record ModelList(String object, List<ModelView> data) {}
}
