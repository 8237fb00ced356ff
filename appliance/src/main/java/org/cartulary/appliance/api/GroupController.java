package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
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
    private final PersonViews views;

    GroupController(PolicyChanges policy, Authority authority, PersonViews views) {
        this.policy = policy;
        this.authority = authority;
        this.views = views;
    }

    /**
     * Groups, by name.
     *
     * @param after id of the last one of the page before
     */
    @CalledBy(
            value = {Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER},
            scopes = {Scope.ADMINISTER, Scope.AUDIT})
    @Get
    GroupList list(@QueryValue(defaultValue = "") String after, @QueryValue(defaultValue = "100") int limit) {
        PersonViews.Page page = views.list(Identity.Kind.GROUP, after, limit);
        return new GroupList(page.people(), page.next());
    }

    /** The group of that name. */
    @CalledBy(
            value = {Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER},
            scopes = {Scope.ADMINISTER, Scope.AUDIT})
    @Get("/named/{name}")
    PersonView named(String name) {
        return views.named(name, true);
    }

    /** Who is in a group in his own name, or by a group that is. */
    @CalledBy(
            value = {Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER},
            scopes = {Scope.ADMINISTER, Scope.AUDIT})
    @Get("/{id}/members")
    MemberList members(String id) {
        Identity group = group(id);
        return policy.read(handle ->
                new MemberList(PersonViews.of(handle, Groups.members(handle, group, Policy.version(handle)))));
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
        return policy.make(caller, (handle, by) -> authority.groups().add(handle, by, group, who));
    }

    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Delete("/{id}/members/{member}")
    HttpResponse<?> remove(String id, String member, Authentication caller) {
        Identity group = group(id);
        Identity who = policy.identity(member);
        return policy.make(caller, (handle, by) -> authority.groups().remove(handle, by, group, who));
    }

    /** Lets a group hold reader or curator for its members. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Put("/{id}/roles/{role}")
    HttpResponse<?> give(String id, String role, Authentication caller) {
        Identity group = group(id);
        return policy.make(
                caller, (handle, by) -> authority.roles().give(handle, by, PeopleController.role(role), group));
    }

    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Delete("/{id}/roles/{role}")
    HttpResponse<?> take(String id, String role, Authentication caller) {
        Identity group = group(id);
        return policy.make(
                caller, (handle, by) -> authority.roles().take(handle, by, PeopleController.role(role), group));
    }

    private Identity group(String id) {
        Identity group = policy.identity(id);
        if (group.kind() != Identity.Kind.GROUP) {
            throw Refused.notFound("The group \"" + id + "\"");
        }
        return group;
    }

    /**
     * Some groups.
     *
     * @param next to be given as {@code after}; null where there is no more
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record GroupList(List<PersonView> groups, @Nullable String next) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record MemberList(List<PersonView> members) {}

    @Serdeable
    record NewGroup(String name, @Nullable String displayName) {}
}
