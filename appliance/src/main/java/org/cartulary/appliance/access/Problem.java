package org.cartulary.appliance.access;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.serde.annotation.Serdeable;

/**
 * An error as RFC 9457 has it.
 *
 * @param type a URI of the kind of problem; {@code about:blank} where the status says it all
 * @param detail a sentence that names the thing and the remedy
 */
@Serdeable
public record Problem(String type, String title, int status, String detail) {
    /** A response with this problem as {@code application/problem+json}. */
    public static MutableHttpResponse<?> response(HttpStatus status, String detail) {
        return HttpResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE)
                .body(of(status, detail));
    }

    public static Problem of(HttpStatus status, String detail) {
        return new Problem("about:blank", status.getReason(), status.getCode(), detail);
    }
}
