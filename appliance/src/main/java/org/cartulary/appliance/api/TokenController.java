package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Credentials;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.compliance.identity.Principal;
import org.jspecify.annotations.Nullable;

/** Tokens for whoever lost theirs, or whose token was lost; a matter of the console only. */
@Controller("/api/tokens")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class TokenController {
    private final Credentials credentials;

    TokenController(Credentials credentials) {
        this.credentials = credentials;
    }

    /**
     * Issues an administrator's token, shown once.
     *
     * @param wanted scopes are ask, generate and administer; all where absent
     */
    @Post
    IssuedToken issue(@Body NewToken wanted, Authentication caller) {
        requireConsole(caller);
        return new IssuedToken(credentials.issue(wanted.name(), scopes(wanted.scopes())));
    }

    /** Every token, without its text. */
    @Get
    Tokens list(Authentication caller) {
        requireConsole(caller);
        return new Tokens(credentials.list().stream().map(TokenView::of).toList());
    }

    /** Revokes a token and ends every browser's session. */
    @Delete("/{id}")
    HttpResponse<?> revoke(UUID id, Authentication caller) {
        requireConsole(caller);
        if (!credentials.revoke(id)) {
            throw Refused.notFound("A token " + id + " that is not revoked yet");
        }
        return HttpResponse.noContent();
    }

    private static void requireConsole(Authentication caller) {
        if (!Caller.of(caller).equals(Principal.CONSOLE)) {
            throw new Refused(
                    HttpStatus.FORBIDDEN, "Tokens are a matter of the console only: deploy/cartulary token --help.");
        }
    }

    private static Set<Scope> scopes(@Nullable List<String> names) {
        if (names == null || names.isEmpty()) {
            return Scope.all();
        }
        return names.stream()
                .map(name -> Scope.named(name)
                        .orElseThrow(() -> new Refused(
                                HttpStatus.BAD_REQUEST,
                                "There is no scope \"" + name + "\"; ask, generate and administer exist.")))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Serdeable
    record Tokens(List<TokenView> tokens) {}

    /** A token without its text. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record TokenView(
            UUID id,
            String name,
            List<String> scopes,
            String createdAt,
            @Nullable String revokedAt) {
        static TokenView of(Credentials.Issued issued) {
            return new TokenView(
                    issued.id(),
                    issued.name(),
                    issued.scopes().stream().map(Scope::wireName).sorted().toList(),
                    issued.createdAt().toString(),
                    issued.revokedAt() == null ? null : issued.revokedAt().toString());
        }
    }

    @Serdeable
    record NewToken(String name, @Nullable List<String> scopes) {}

    @Serdeable
    record IssuedToken(String token) {}
}
