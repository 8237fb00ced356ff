package org.cartulary.appliance.access;

import io.micronaut.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** A request that is refused for a reason the caller can act on; becomes a problem. */
public final class Refused extends RuntimeException {
    private final HttpStatus status;
    private final @Nullable String parameter;
    private final @Nullable String code;

    public Refused(HttpStatus status, String detail) {
        this(status, detail, null, null);
    }

    /**
     * A refusal that programs can tell from others.
     *
     * @param parameter of the request that is at fault, or null where none is
     * @param code one word for the reason, or null where the status says it all
     */
    public Refused(HttpStatus status, String detail, @Nullable String parameter, @Nullable String code) {
        super(detail);
        this.status = status;
        this.parameter = parameter;
        this.code = code;
    }

    public HttpStatus status() {
        return status;
    }

    /** Of the request, the parameter at fault; null where none is. */
    public @Nullable String parameter() {
        return parameter;
    }

    /** One word for the reason; null where the status says it all. */
    public @Nullable String code() {
        return code;
    }

    public static Refused notFound(String what) {
        return new Refused(HttpStatus.NOT_FOUND, what + " does not exist, or you may not see it.");
    }
}
