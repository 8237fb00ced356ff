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

/** The only pages that a stranger gets: to sign in, and to take up an invitation. Neither needs a script. */
@Singleton
final class StrangersPages {
    private static final String MESSAGE = "<!-- message -->";

    private final String signIn = read("ui/sign-in.html");
    private final String invitation = read("ui/invitation.html");
    private final String css = read("ui/sign-in.css");

    /** @param message a sentence of ours, or empty */
    MutableHttpResponse<?> signIn(HttpStatus status, String message) {
        return page(status, signIn.replace(MESSAGE, message(message, status)));
    }

    /**
     * The form of an invitation.
     *
     * @param name of whoever was invited
     */
    MutableHttpResponse<?> invitation(HttpStatus status, String message, String name, String token) {
        return page(
                status,
                invitation
                        .replace(MESSAGE, message(message, status))
                        .replace("<!-- name -->", escaped(name))
                        .replace("<!-- token -->", escaped(token)));
    }

    MutableHttpResponse<?> stylesheet() {
        return HttpResponse.ok(css).contentType(MediaType.of("text/css"));
    }

    private static MutableHttpResponse<?> page(HttpStatus status, String html) {
        return HttpResponse.status(status).contentType(MediaType.TEXT_HTML_TYPE).body(html);
    }

    private static String message(String message, HttpStatus status) {
        return message.isEmpty()
                ? ""
                : "<p class=\"message" + (status.getCode() < 400 ? " good" : "")
                        + "\" role=\"alert\" data-testid=\"message\">" + escaped(message) + "</p>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String read(String resource) {
        try (InputStream in = StrangersPages.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The ui module lacks " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
