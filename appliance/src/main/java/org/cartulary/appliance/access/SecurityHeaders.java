package org.cartulary.appliance.access;

import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Headers that keep a browser from loading, framing or guessing anything we did not mean. */
@ServerFilter("/**")
final class SecurityHeaders {
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
            + " connect-src 'self'; font-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'none';"
            + " form-action 'self'; frame-ancestors 'none'";

    @ResponseFilter
    void add(MutableHttpResponse<?> response) {
        var headers = response.getHeaders();
        if (!headers.contains("Content-Security-Policy")) {
            headers.add("Content-Security-Policy", POLICY);
        }
        headers.add("X-Content-Type-Options", "nosniff");
        // Not no-referrer: with it a browser sends our own forms with the origin "null", which is refused as a
        // stranger's.
        headers.add("Referrer-Policy", "same-origin");
        headers.add("Cross-Origin-Opener-Policy", "same-origin");
        headers.add("Cross-Origin-Resource-Policy", "same-origin");
        if (!headers.contains("Cache-Control")) {
            headers.add("Cache-Control", "no-store");
        }
    }
}
