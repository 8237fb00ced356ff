package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.TreeSet;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.purpose.Purposes;
import org.cartulary.compliance.purpose.Requirement;
import org.cartulary.retrieval.catalog.Collection;

/** Purposes of use: those of the house, and what a collection wants to know with each question. */
@Controller("/api")
@ExecuteOn(TaskExecutors.BLOCKING)
final class PurposeController {
    private final PolicyChanges policy;
    private final Authority authority;
    private final Managing managing;
    private final Reading reading;

    PurposeController(PolicyChanges policy, Authority authority, Managing managing, Reading reading) {
        this.policy = policy;
        this.authority = authority;
        this.managing = managing;
        this.reading = reading;
    }

    /** The purposes of the house. */
    @CalledBy(scopes = {Scope.ASK, Scope.CURATE, Scope.ADMINISTER, Scope.AUDIT})
    @Get("/purposes")
    PurposeList purposes() {
        return policy.read(handle -> new PurposeList(Purposes.ofHouse(handle)));
    }

    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Put("/purposes")
    HttpResponse<?> set(@Body PurposeList wanted, Authentication caller) {
        return policy.make(caller, (handle, by) -> authority.purposes().setHouse(handle, by, wanted.purposes()));
    }

    /** What a collection wants to know with each question, for those who may ask it. */
    @CalledBy(scopes = {Scope.ASK, Scope.CURATE, Scope.ADMINISTER})
    @Get("/collections/{name}/purpose")
    RequirementView requirement(String name, Authentication caller) {
        Caller who = Caller.of(caller);
        Collection collection =
                who.has(Role.ADMINISTRATOR) ? managing.manages(name, who) : reading.collection(name, who.principal());
        return policy.read(handle -> RequirementView.of(Purposes.of(handle, collection.id())));
    }

    @CalledBy(
            value = {Role.CURATOR, Role.ADMINISTRATOR},
            scopes = {Scope.CURATE, Scope.ADMINISTER})
    @Put("/collections/{name}/purpose")
    HttpResponse<?> require(String name, @Body RequirementView wanted, Authentication caller) {
        Collection collection = managing.manages(name, Caller.of(caller));
        Requirement requirement = new Requirement(new TreeSet<>(wanted.purposes()), wanted.reference());
        return policy.make(
                caller, (handle, by) -> authority.purposes().require(handle, by, collection.id(), requirement));
    }

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record PurposeList(List<String> purposes) {}

    /**
     * What is wanted.
     *
     * @param purposes any of which must be stated; none is wanted where empty
     * @param reference whether a case or a patient must be named
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record RequirementView(List<String> purposes, boolean reference) {
        static RequirementView of(Requirement requirement) {
            return new RequirementView(List.copyOf(requirement.purposes()), requirement.reference());
        }
    }
}
