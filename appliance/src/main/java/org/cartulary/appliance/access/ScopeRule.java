package org.cartulary.appliance.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecuredAnnotationRule;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.security.rules.SecurityRuleResult;
import jakarta.inject.Singleton;
import java.util.Set;
import org.cartulary.appliance.accounts.Scope;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Refuses what a caller's token is not for, before any other rule lets him in. It lets nobody in itself. */
@Singleton
final class ScopeRule implements SecurityRule<HttpRequest<?>> {
    @Override
    public int getOrder() {
        return SecuredAnnotationRule.ORDER - 1;
    }

    @Override
    public Publisher<SecurityRuleResult> check(
            @Nullable HttpRequest<?> request, @Nullable Authentication authentication) {
        boolean lacking = request != null && authentication != null && !opens(request, authentication);
        return Mono.just(lacking ? SecurityRuleResult.REJECTED : SecurityRuleResult.UNKNOWN);
    }

    private static boolean opens(HttpRequest<?> request, Authentication authentication) {
        Set<Scope> any = RequiredScope.of(request);
        return any.isEmpty() || any.stream().map(Scope::wireName).anyMatch(authentication.getRoles()::contains);
    }
}
