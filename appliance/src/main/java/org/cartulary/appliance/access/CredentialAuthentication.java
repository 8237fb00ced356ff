package org.cartulary.appliance.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.AuthenticationFetcher;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.cartulary.appliance.accounts.Credentials;
import org.cartulary.appliance.accounts.Holder;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.accounts.Sessions;
import org.cartulary.compliance.identity.Principal;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Who is calling: the console by its socket, which the file system lets only the owner open; others by bearer token or
 * session cookie. The look-up blocks, so it runs off the event loop.
 */
@Singleton
public final class CredentialAuthentication implements AuthenticationFetcher<HttpRequest<?>> {
    static final String ROLE = "user";

    /** The attribute that tells one token or session of a principal from another. */
    public static final String CREDENTIAL = "credential";

    private final Credentials credentials;
    private final Sessions sessions;
    private final Scheduler scheduler;

    CredentialAuthentication(
            Credentials credentials, Sessions sessions, @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
        this.credentials = credentials;
        this.sessions = sessions;
        this.scheduler = Schedulers.fromExecutorService(executor);
    }

    @Override
    public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
        if (isConsole(request)) {
            return Mono.just(authentication(new Holder(Principal.CONSOLE, Scope.all(), "console")));
        }
        Optional<String> bearer = bearer(request);
        // A request that shows another credential does not rest on the cookie; CrossSiteFilter relies on that.
        Optional<String> cookie = request.getHeaders().getAuthorization().isPresent()
                ? Optional.empty()
                : SessionCookie.read(request).map(Cookie::getValue);
        if (bearer.isEmpty() && cookie.isEmpty()) {
            return Mono.empty();
        }
        return Mono.fromCallable(() -> bearer.flatMap(credentials::holder)
                        .or(() -> cookie.flatMap(sessions::holder))
                        .map(CredentialAuthentication::authentication))
                .subscribeOn(scheduler)
                .flatMap(Mono::justOrEmpty);
    }

    /** Whether the request came in by the local socket. */
    static boolean isConsole(HttpRequest<?> request) {
        return request instanceof NettyHttpRequest<?> netty
                && netty.getChannelHandlerContext().channel().localAddress() instanceof UnixDomainSocketAddress;
    }

    private static Optional<String> bearer(HttpRequest<?> request) {
        return request.getHeaders()
                .getAuthorization()
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip());
    }

    /** Scopes are roles to the framework. */
    private static Authentication authentication(Holder holder) {
        List<String> roles = new ArrayList<>(List.of(ROLE));
        holder.scopes().forEach(scope -> roles.add(scope.wireName()));
        return Authentication.build(holder.principal().id(), roles, Map.of(CREDENTIAL, holder.credential()));
    }
}
