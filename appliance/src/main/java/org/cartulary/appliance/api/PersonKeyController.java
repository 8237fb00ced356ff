package org.cartulary.appliance.api;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import java.util.UUID;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.ApiKeys;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;

/** Keys of others: administrators make those of services, and revoke anybody's. */
@Controller("/api/people/{id}/keys")
@ExecuteOn(TaskExecutors.BLOCKING)
final class PersonKeyController {
    private final PolicyChanges policy;
    private final ApiKeys keys;

    PersonKeyController(PolicyChanges policy, ApiKeys keys) {
        this.policy = policy;
        this.keys = keys;
    }

    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Get
    KeyViews.Keys list(String id) {
        return KeyViews.Keys.of(keys.of(policy.identity(id).id()));
    }

    /** Makes a key for a service. Its text is shown this once. Persons make their own. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Post
    HttpResponse<KeyViews.IssuedKey> issue(String id, @Body KeyViews.NewKey wanted, Authentication caller) {
        Identity service = requireService(id);
        return HttpResponse.created(
                KeyViews.IssuedKey.of(keys.issue(Caller.of(caller).principal(), service.id(), wanted.wanted())
                        .orElseThrow(KeyViews::tooMany)));
    }

    /** Makes a key of a service in place of another, which counts for another day. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Post("/{key}/rotate")
    HttpResponse<KeyViews.IssuedKey> rotate(String id, UUID key, Authentication caller) {
        requireOf(requireService(id), key);
        return HttpResponse.created(KeyViews.IssuedKey.of(
                keys.rotate(Caller.of(caller).principal(), key).orElseThrow(() -> KeyViews.unknown(key))));
    }

    /** Revokes anybody's key, counting from the next request on. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Delete("/{key}")
    HttpResponse<?> revoke(String id, UUID key, Authentication caller) {
        requireOf(policy.identity(id), key);
        if (!keys.revoke(Caller.of(caller).principal(), key)) {
            throw KeyViews.unknown(key);
        }
        return HttpResponse.noContent();
    }

    private Identity requireService(String id) {
        Identity service = policy.identity(id);
        if (service.kind() != Identity.Kind.SERVICE) {
            throw new Refused(
                    HttpStatus.CONFLICT,
                    "Only keys of services are made by others: whoever makes a key can act as its owner.",
                    null,
                    "kind");
        }
        return service;
    }

    private void requireOf(Identity owner, UUID key) {
        if (keys.find(key).filter(found -> found.principal().equals(owner.id())).isEmpty()) {
            throw KeyViews.unknown(key);
        }
    }
}
