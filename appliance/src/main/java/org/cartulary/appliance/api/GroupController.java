package org.cartulary.appliance.api;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
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
import org.cartulary.compliance.people.Groups;
import org.cartulary.compliance.people.Identities;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.policy.Policy;
import org.jspecify.annotations.Nullable;

/** Groups of people, services and groups. */
@Controller("/api/groups")
@ExecuteOn(TaskExecutors.BLOCKING)
final class GroupController {
    private final PolicyChanges policy;
    private final Authority authority;

    GroupController(PolicyChanges policy, Authority authority) {
        this.policy = policy;
        this.authority = authority;
    }

    /**
     * Groups, by name.
     *
     * @param after only names that come after it
     */
    @CalledBy(
            value = {Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER},
            scopes = {Scope.ADMINISTER, Scope.AUDIT})
    @Get
    GroupList list(@QueryValue(defaultValue = "") String after, @QueryValue(defaultValue = "100") int limit) {
        return policy.read(handle -> new GroupList(Identities.list(handle, Identity.Kind.GROUP, after, limit).stream()
                .map(group -> PersonView.of(handle, group))
                .toList()));
    }

    /** Who is in a group in his own name, or by a group that is. */
    @CalledBy(
            value = {Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER},
            scopes = {Scope.ADMINISTER, Scope.AUDIT})
    @Get("/{id}/members")
    GroupList members(String id) {
        Identity group = group(id);
        return policy.read(handle -> new GroupList(Groups.members(handle, group, Policy.version(handle)).stream()
                .flatMap(member -> Identities.find(handle, member).stream())
                .map(member -> PersonView.of(handle, member))
                .toList()));
    }

    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Post
    HttpResponse<PersonView> add(@Body NewGroup wanted, Authentication caller) {
        Identity group = PeopleController.identity(Identity.Kind.GROUP, wanted.name(), wanted.displayName());
        return policy.read(handle -> {
            PolicyChanges.require(
                    authority.identities().add(handle, Caller.of(caller).principal(), group));
            return HttpResponse.created(PersonView.of(handle, group));
        });
    }

    /** Puts a person, a service or a group into a group. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Put("/{id}/members/{member}")
    HttpResponse<?> put(String id, String member, Authentication caller) {
        Identity group = group(id);
        Identity who = policy.identity(member);
        return policy.make(
                handle -> authority.groups().add(handle, Caller.of(caller).principal(), group, who));
    }

    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Delete("/{id}/members/{member}")
    HttpResponse<?> remove(String id, String member, Authentication caller) {
        Identity group = group(id);
        Identity who = policy.identity(member);
        return policy.make(
                handle -> authority.groups().remove(handle, Caller.of(caller).principal(), group, who));
    }

    /** Lets a group hold reader or curator for its members. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Put("/{id}/roles/{role}")
    HttpResponse<?> give(String id, String role, Authentication caller) {
        Identity group = group(id);
        return policy.make(handle ->
                authority.roles().give(handle, Caller.of(caller).principal(), PeopleController.role(role), group));
    }

    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Delete("/{id}/roles/{role}")
    HttpResponse<?> take(String id, String role, Authentication caller) {
        Identity group = group(id);
        return policy.make(handle ->
                authority.roles().take(handle, Caller.of(caller).principal(), PeopleController.role(role), group));
    }

    private Identity group(String id) {
        Identity group = policy.identity(id);
        if (group.kind() != Identity.Kind.GROUP) {
            throw Refused.notFound("The group \"" + id + "\"");
        }
        return group;
    }

    @Serdeable
    record GroupList(List<PersonView> members) {}

    @Serdeable
    record NewGroup(String name, @Nullable String displayName) {}
}
