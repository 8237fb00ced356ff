package org.cartulary.appliance.access;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.AuthenticationFetcher;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.net.UnixDomainSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.cartulary.appliance.accounts.ApiKeys;
import org.cartulary.appliance.accounts.Holder;
import org.cartulary.appliance.accounts.Sessions;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Who is calling: the console by its socket, which the file system lets only the owner open; others by key or session
 * cookie. Whoever shows a key on that socket is the key's holder and nobody else, so that a person can act by the command
 * line in his own name. The look-ups block, so they run off the event loop.
 */
@Singleton
final class CredentialAuthentication implements AuthenticationFetcher<HttpRequest<?>> {
    private final ApiKeys keys;
    private final Sessions sessions;
    private final Standing standing;
    private final Scheduler scheduler;

    CredentialAuthentication(
            ApiKeys keys,
            Sessions sessions,
            Standing standing,
            @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
        this.keys = keys;
        this.sessions = sessions;
        this.standing = standing;
        this.scheduler = Schedulers.fromExecutorService(executor);
    }

    @Override
    public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
        // A request that shows a credential rests on that alone, right or wrong: not on the cookie, as CrossSiteFilter
        // relies on, and not on the socket that it came by.
        boolean shown = request.getHeaders().contains(HttpHeaders.AUTHORIZATION);
        boolean console = !shown && isConsole(request);
        Optional<String> bearer = bearer(request);
        Optional<String> cookie =
                shown ? Optional.empty() : SessionCookie.read(request).map(Cookie::getValue);
        if (!console && bearer.isEmpty() && cookie.isEmpty()) {
            return Mono.empty();
        }
        return Mono.fromCallable(() -> (console ? Optional.of(Holder.console()) : holder(bearer, cookie))
                        .flatMap(standing::of)
                        .map(Caller::authentication))
                .subscribeOn(scheduler)
                .flatMap(Mono::justOrEmpty);
    }

    private Optional<Holder> holder(Optional<String> bearer, Optional<String> cookie) {
        return bearer.flatMap(keys::holder).or(() -> cookie.flatMap(sessions::holder));
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
}
