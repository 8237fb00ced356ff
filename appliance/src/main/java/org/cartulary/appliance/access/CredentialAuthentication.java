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
 * cookie. The look-ups block, so they run off the event loop.
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
        boolean console = isConsole(request);
        Optional<String> bearer = bearer(request);
        // A request that shows another credential does not rest on the cookie; CrossSiteFilter relies on that.
        Optional<String> cookie = request.getHeaders().getAuthorization().isPresent()
                ? Optional.empty()
                : SessionCookie.read(request).map(Cookie::getValue);
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
