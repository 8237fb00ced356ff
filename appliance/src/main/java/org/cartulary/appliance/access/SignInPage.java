package org.cartulary.appliance.access;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The only page that a stranger gets. Its placeholder takes a sentence of ours, never the caller's. */
@Singleton
final class SignInPage {
    private static final String PLACEHOLDER = "<!-- message -->";

    private final String html = read("ui/sign-in.html");
    private final String css = read("ui/sign-in.css");

    MutableHttpResponse<?> response(String message) {
        return HttpResponse.status(HttpStatus.UNAUTHORIZED)
                .contentType(MediaType.TEXT_HTML_TYPE)
                .body(html.replace(
                        PLACEHOLDER,
                        message.isEmpty() ? "" : "<p class=\"message\" role=\"alert\">" + message + "</p>"));
    }

    MutableHttpResponse<?> stylesheet() {
        return HttpResponse.ok(css).contentType(MediaType.of("text/css"));
    }

    private static String read(String resource) {
        try (InputStream in = SignInPage.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The ui module lacks " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
