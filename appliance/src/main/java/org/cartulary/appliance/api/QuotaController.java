package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Limits;
import org.cartulary.appliance.accounts.Quotas;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.people.Roles;
import org.cartulary.compliance.policy.Policy;
import org.jspecify.annotations.Nullable;

/** How much somebody may ask: by role, and by person or service, whose own limits count in place of the role's. */
@Controller("/api/quotas")
@ExecuteOn(TaskExecutors.BLOCKING)
final class QuotaController {
    private final PolicyChanges policy;
    private final Quotas quotas;

    QuotaController(PolicyChanges policy, Quotas quotas) {
        this.policy = policy;
        this.quotas = quotas;
    }

    /** Of a role. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Get("/roles/{role}")
    LimitsView ofRole(String role) {
        return policy.read(
                handle -> LimitsView.of(Quotas.ofRole(handle, PeopleController.role(role), Policy.version(handle))));
    }

    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Put("/roles/{role}")
    HttpResponse<?> setRole(String role, @Body LimitsView wanted, Authentication caller) {
        Limits limits = wanted.limits();
        return policy.make(caller, (handle, by) -> quotas.set(handle, by, PeopleController.role(role), limits));
    }

    /** Of a person or a service: his own, and what counts for him. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Get("/people/{id}")
    PersonLimits ofPerson(String id) {
        Identity person = policy.identity(id);
        return policy.read(handle -> {
            long version = Policy.version(handle);
            return new PersonLimits(
                    Quotas.ownOf(handle, person.id(), version)
                            .map(LimitsView::of)
                            .orElse(null),
                    LimitsView.of(Quotas.of(handle, person.id(), Roles.of(handle, person.id(), version), version)));
        });
    }

    /** Sets the own limits of a person or a service. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Put("/people/{id}")
    HttpResponse<?> setPerson(String id, @Body LimitsView wanted, Authentication caller) {
        Identity person = policy.identity(id);
        Limits limits = wanted.limits();
        return policy.make(caller, (handle, by) -> quotas.set(handle, by, person.id(), limits));
    }

    /** Takes the own limits of a person or a service back, so that his roles say how much. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Delete("/people/{id}")
    HttpResponse<?> unsetPerson(String id, Authentication caller) {
        Identity person = policy.identity(id);
        return policy.make(caller, (handle, by) -> quotas.unset(handle, by, person.id()));
    }

    /**
     * What somebody may ask.
     *
     * @param own null where his roles say how much
     * @param counting his own, or the widest of his roles
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record PersonLimits(@Nullable LimitsView own, LimitsView counting) {}

    /** Limits; null where there is none. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record LimitsView(
            @Nullable Integer requestsPerMinute, @Nullable Integer questionsPerDay) {
        static LimitsView of(Limits limits) {
            return new LimitsView(limits.requestsPerMinute(), limits.questionsPerDay());
        }

        Limits limits() {
            try {
                return new Limits(requestsPerMinute, questionsPerDay);
            } catch (IllegalArgumentException e) {
                throw new Refused(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
            }
        }
    }
}
