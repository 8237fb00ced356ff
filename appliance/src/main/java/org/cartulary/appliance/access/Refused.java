package org.cartulary.appliance.access;

import io.micronaut.http.HttpStatus;

/** A request that is refused for a reason the caller can act on; becomes a problem. */
public final class Refused extends RuntimeException {
    private final HttpStatus status;

    public Refused(HttpStatus status, String detail) {
        super(detail);
        this.status = status;
    }

    public HttpStatus status() {
        return status;
    }

    public static Refused notFound(String what) {
        return new Refused(HttpStatus.NOT_FOUND, what + " does not exist, or you may not see it.");
    }
}
