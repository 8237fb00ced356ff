package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Accounts;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.accounts.Sessions;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.jspecify.annotations.Nullable;

/** Persons and services: who there is, which roles they hold, and how they get in. */
@Controller("/api/people")
@ExecuteOn(TaskExecutors.BLOCKING)
final class PeopleController {
    private final PolicyChanges policy;
    private final Authority authority;
    private final PersonViews views;
    private final Accounts accounts;
    private final Sessions sessions;

    PeopleController(
            PolicyChanges policy, Authority authority, PersonViews views, Accounts accounts, Sessions sessions) {
        this.policy = policy;
        this.authority = authority;
        this.views = views;
        this.accounts = accounts;
        this.sessions = sessions;
    }

    /**
     * Persons and services, by name.
     *
     * @param kind {@code person} or {@code service}
     * @param after id of the last one of the page before
     */
    @CalledBy(
            value = {Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER},
            scopes = {Scope.ADMINISTER, Scope.AUDIT})
    @Get
    People list(
            @QueryValue(defaultValue = "person") String kind,
            @QueryValue(defaultValue = "") String after,
            @QueryValue(defaultValue = "100") int limit) {
        PersonViews.Page page = views.list(kind(kind), after, limit);
        return new People(page.people(), page.next());
    }

    @CalledBy(
            value = {Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER},
            scopes = {Scope.ADMINISTER, Scope.AUDIT})
    @Get("/{id}")
    PersonView person(String id) {
        return policy.read(handle -> PersonView.of(handle, policy.identity(id)));
    }

    /** The person or service of that name. */
    @CalledBy(
            value = {Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER},
            scopes = {Scope.ADMINISTER, Scope.AUDIT})
    @Get("/named/{name}")
    PersonView named(String name) {
        return views.named(name, false);
    }

    /** Adds a person, who is invited, or a service, which gets keys. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Post
    HttpResponse<Added> add(@Body NewPerson wanted, Authentication caller) {
        Identity.Kind kind = kind(wanted.kind() == null ? "person" : wanted.kind());
        Identity identity = identity(kind, wanted.name(), wanted.displayName());
        List<Role> roles = roles(wanted.roles());
        Principal by = Caller.of(caller).principal();
        return policy.read(handle -> {
            PolicyChanges.require(authority.identities().add(handle, by, identity));
            roles.forEach(role -> PolicyChanges.require(authority.roles().give(handle, by, role, identity)));
            String invitation = kind == Identity.Kind.PERSON
                    ? accounts.invite(handle, by, identity).orElse(null)
                    : null;
            return HttpResponse.created(new Added(PersonView.of(handle, identity), invitation));
        });
    }

    /** Names the first administrator and the first compliance officer, once, on the console. */
    @CalledBy(console = true)
    @Post("/first")
    HttpResponse<First> first(@Body NewFirst wanted) {
        Identity administrator = identity(Identity.Kind.PERSON, wanted.administrator(), "");
        Identity officer = identity(Identity.Kind.PERSON, wanted.officer(), "");
        return policy.read(handle -> {
            PolicyChanges.require(authority.identities().add(handle, Principal.CONSOLE, administrator));
            PolicyChanges.require(authority.identities().add(handle, Principal.CONSOLE, officer));
            PolicyChanges.require(authority.roles().giveFirstCompliance(handle, officer));
            PolicyChanges.require(authority.roles().give(handle, Principal.CONSOLE, Role.ADMINISTRATOR, administrator));
            return HttpResponse.created(new First(
                    accounts.invite(handle, Principal.CONSOLE, administrator).orElseThrow(),
                    accounts.invite(handle, Principal.CONSOLE, officer).orElseThrow()));
        });
    }

    /**
     * Invites a person anew, who then sets a password and, if he wants, a second factor; what he signs in with now counts
     * until he does.
     */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Post("/{id}/invitation")
    Invitation invite(String id, Authentication caller) {
        Identity person = policy.identity(id);
        if (person.kind() != Identity.Kind.PERSON) {
            throw new Refused(HttpStatus.CONFLICT, "Only persons are invited; a service gets keys.", null, "kind");
        }
        Optional<String> token =
                policy.read(handle -> accounts.invite(handle, Caller.of(caller).principal(), person));
        return new Invitation(token.orElseThrow(() -> new Refused(
                HttpStatus.CONFLICT,
                "A compliance officer is invited anew by two people only: request the act invite-officer.",
                null,
                "two-people")));
    }

    /** Gives a role; that of a compliance officer takes two people. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Put("/{id}/roles/{role}")
    HttpResponse<?> give(String id, String role, Authentication caller) {
        Identity to = policy.identity(id);
        return policy.make(caller, (handle, by) -> authority.roles().give(handle, by, role(role), to));
    }

    /** Takes a role back; that of a compliance officer takes two people. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Delete("/{id}/roles/{role}")
    HttpResponse<?> take(String id, String role, Authentication caller) {
        Identity from = policy.identity(id);
        return policy.make(caller, (handle, by) -> authority.roles().take(handle, by, role(role), from));
    }

    /** Takes every right away until he is enabled; sessions end, keys open nothing, and the account stays. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Post("/{id}/disable")
    HttpResponse<?> disable(String id, Authentication caller) {
        Identity person = policy.identity(id);
        HttpResponse<?> response =
                policy.make(caller, (handle, by) -> authority.identities().disable(handle, by, person));
        sessions.closeAll(Caller.of(caller).principal(), person.id());
        return response;
    }

    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Post("/{id}/enable")
    HttpResponse<?> enable(String id, Authentication caller) {
        Identity person = policy.identity(id);
        return policy.make(caller, (handle, by) -> authority.identities().enable(handle, by, person));
    }

    /** Signs a person out everywhere. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Post("/{id}/sign-out")
    HttpResponse<?> signOut(String id, Authentication caller) {
        sessions.closeAll(Caller.of(caller).principal(), policy.identity(id).id());
        return HttpResponse.noContent();
    }

    static Identity identity(Identity.Kind kind, String name, @Nullable String displayName) {
        try {
            return Identity.local(kind, name, displayName == null ? "" : displayName);
        } catch (IllegalArgumentException e) {
            throw new Refused(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()), "name", "name");
        }
    }

    private static Identity.Kind kind(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "person" -> Identity.Kind.PERSON;
            case "service" -> Identity.Kind.SERVICE;
            default ->
                throw new Refused(
                        HttpStatus.BAD_REQUEST, "kind is person or service, not \"" + name + "\".", "kind", "kind");
        };
    }

    static Role role(String name) {
        return Role.named(name)
                .orElseThrow(() -> new Refused(
                        HttpStatus.BAD_REQUEST,
                        "There is no role \"" + name
                                + "\"; reader, curator, administrator, compliance-officer and service exist.",
                        "role",
                        "role"));
    }

    private static List<Role> roles(@Nullable List<String> names) {
        List<Role> roles = new ArrayList<>();
        if (names != null) {
            names.forEach(name -> roles.add(role(name)));
        }
        return roles;
    }

    /**
     * Some persons or services.
     *
     * @param next to be given as {@code after}; null where there is no more
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record People(List<PersonView> people, @Nullable String next) {}

    /**
     * Whom to add.
     *
     * @param kind {@code person} (where absent) or {@code service}
     */
    @Serdeable
    record NewPerson(
            String name,
            @Nullable String displayName,
            @Nullable String kind,
            @Nullable List<String> roles) {}

    /**
     * Who was added.
     *
     * @param invitation secret of the link {@code /invitation/…}, shown this once; null for a service
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Added(PersonView person, @Nullable String invitation) {}

    /** Names to sign in with. */
    @Serdeable
    record NewFirst(String administrator, String officer) {}

    /** Secrets of two links {@code /invitation/…}, shown this once. */
    @Serdeable
    record First(String administratorInvitation, String officerInvitation) {}

    /** The secret of a link {@code /invitation/…}, shown this once. */
    @Serdeable
    record Invitation(String invitation) {}
}
