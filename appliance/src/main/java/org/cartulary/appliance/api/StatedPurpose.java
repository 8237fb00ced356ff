package org.cartulary.appliance.api;

import io.micronaut.http.HttpRequest;
import org.cartulary.compliance.purpose.Stated;
import org.jspecify.annotations.Nullable;

/** Reads why somebody asks out of a request: from its body, its headers, or its query, in this order. */
public final class StatedPurpose {
    private static final String PURPOSE = "Cartulary-Purpose";
    private static final String REFERENCE = "Cartulary-Reference";

    private StatedPurpose() {}

    /** For requests whose body says nothing of it. */
    public static Stated of(HttpRequest<?> request) {
        return of(request, null, null);
    }

    static Stated of(HttpRequest<?> request, @Nullable String purpose, @Nullable String reference) {
        return new Stated(
                purpose == null ? outside(request, PURPOSE, "purpose") : purpose,
                reference == null ? outside(request, REFERENCE, "reference") : reference);
    }

    private static @Nullable String outside(HttpRequest<?> request, String header, String parameter) {
        String value = request.getHeaders().get(header);
        return value == null ? request.getParameters().get(parameter) : value;
    }
}
