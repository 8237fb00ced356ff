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
import org.cartulary.compliance.identity.Principal;

/**
 * One's own keys. They are made by whoever is signed in, never by showing another key: a key that leaked would outlive its
 * revocation.
 */
@Controller("/api/keys")
@ExecuteOn(TaskExecutors.BLOCKING)
final class KeyController {
    private final ApiKeys keys;

    KeyController(ApiKeys keys) {
        this.keys = keys;
    }

    /** One's own keys, newest first, those among them that count no more. */
    @CalledBy
    @Get
    KeyViews.Keys list(Authentication caller) {
        return KeyViews.Keys.of(keys.of(Caller.of(caller).principal()));
    }

    /** Makes a key for oneself. Its text is shown this once. */
    @CalledBy
    @Post
    HttpResponse<KeyViews.IssuedKey> issue(@Body KeyViews.NewKey wanted, Authentication caller) {
        Principal owner = requireSignedIn(caller);
        return HttpResponse.created(
                KeyViews.IssuedKey.of(keys.issue(owner, owner, wanted.wanted()).orElseThrow(KeyViews::tooMany)));
    }

    /** Makes a key in place of one's own, which counts for another day. The text is shown this once. */
    @CalledBy
    @Post("/{id}/rotate")
    HttpResponse<KeyViews.IssuedKey> rotate(UUID id, Authentication caller) {
        Principal owner = requireSignedIn(caller);
        requireOwn(id, owner);
        return HttpResponse.created(
                KeyViews.IssuedKey.of(keys.rotate(owner, id).orElseThrow(() -> KeyViews.unknown(id))));
    }

    /** Revokes one's own key, counting from the next request on. */
    @CalledBy
    @Delete("/{id}")
    HttpResponse<?> revoke(UUID id, Authentication caller) {
        Principal owner = Caller.of(caller).principal();
        requireOwn(id, owner);
        if (!keys.revoke(owner, id)) {
            throw KeyViews.unknown(id);
        }
        return HttpResponse.noContent();
    }

    private void requireOwn(UUID id, Principal owner) {
        if (keys.find(id).filter(key -> key.principal().equals(owner)).isEmpty()) {
            throw KeyViews.unknown(id);
        }
    }

    private static Principal requireSignedIn(Authentication authentication) {
        Caller caller = Caller.of(authentication);
        if (!caller.isSignedIn()) {
            throw new Refused(HttpStatus.FORBIDDEN, "Keys are made by whoever is signed in, not by another key.");
        }
        return caller.principal();
    }
}
