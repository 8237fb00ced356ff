package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.policy.Policy;
import org.cartulary.compliance.rights.Grants;
import org.cartulary.compliance.rights.Permission;
import org.cartulary.retrieval.catalog.Collection;
import org.jdbi.v3.core.Handle;

/** Who may do what with a collection; said by administrators and by those who manage it. */
@Controller("/api/collections/{name}/grants")
@ExecuteOn(TaskExecutors.BLOCKING)
final class GrantController {
    private final PolicyChanges policy;
    private final Authority authority;
    private final Managing managing;

    GrantController(PolicyChanges policy, Authority authority, Managing managing) {
        this.policy = policy;
        this.authority = authority;
        this.managing = managing;
    }

    /** The grants of a collection. */
    @CalledBy(
            value = {Role.CURATOR, Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER},
            scopes = {Scope.CURATE, Scope.ADMINISTER, Scope.AUDIT})
    @Get
    GrantsView list(String name, Authentication caller) {
        Collection collection = managing.looksAt(name, Caller.of(caller));
        return policy.read(handle -> new GrantsView(Grants.of(handle, collection.id(), Policy.version(handle)).stream()
                .map(grant -> view(handle, grant))
                .toList()));
    }

    /**
     * Grants a collection.
     *
     * @param permission {@code read}, {@code write}, {@code manage} or {@code emergency}
     * @param subject id of a person, a service or a group
     */
    @CalledBy(
            value = {Role.CURATOR, Role.ADMINISTRATOR},
            scopes = {Scope.CURATE, Scope.ADMINISTER})
    @Put("/{permission}/{subject}")
    HttpResponse<?> grant(String name, String permission, String subject, Authentication caller) {
        Collection collection = managing.manages(name, Caller.of(caller));
        Identity to = policy.identity(subject);
        return policy.make(
                caller,
                (handle, by) -> authority.grants().grant(handle, by, collection.id(), permission(permission), to.id()));
    }

    /** Takes a grant back; what somebody has by a group or by a wider grant stays. */
    @CalledBy(
            value = {Role.CURATOR, Role.ADMINISTRATOR},
            scopes = {Scope.CURATE, Scope.ADMINISTER})
    @Delete("/{permission}/{subject}")
    HttpResponse<?> revoke(String name, String permission, String subject, Authentication caller) {
        Collection collection = managing.manages(name, Caller.of(caller));
        Identity from = policy.identity(subject);
        return policy.make(
                caller,
                (handle, by) ->
                        authority.grants().revoke(handle, by, collection.id(), permission(permission), from.id()));
    }

    private static Permission permission(String name) {
        return Permission.named(name)
                .orElseThrow(() -> new Refused(
                        HttpStatus.BAD_REQUEST,
                        "There is no permission \"" + name + "\"; read, write, manage and emergency exist.",
                        "permission",
                        "permission"));
    }

    private static GrantView view(Handle handle, Grants.Grant grant) {
        return new GrantView(grant.permission().wireName(), grant.to().id(), PersonView.name(handle, grant.to()));
    }

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record GrantsView(List<GrantView> grants) {}

    /** A grant, and the name of whoever has it. */
    @Serdeable
    record GrantView(String permission, String subject, String name) {}
}
