package org.cartulary.appliance.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import java.time.Duration;
import java.util.Optional;

/** The browser's session cookie: unreadable to scripts, never sent by another site's pages. */
final class SessionCookie {
    private static final String NAME = "cartulary_session";

    private SessionCookie() {}

    static Optional<Cookie> read(HttpRequest<?> request) {
        return request.getCookies().findCookie(NAME);
    }

    static Cookie of(String value, Duration lifetime, boolean secure) {
        return Cookie.of(NAME, value)
                .path("/")
                .httpOnly(true)
                .secure(secure)
                .sameSite(SameSite.Strict)
                .maxAge(lifetime);
    }

    static Cookie gone() {
        return of("", Duration.ZERO, false);
    }
}
