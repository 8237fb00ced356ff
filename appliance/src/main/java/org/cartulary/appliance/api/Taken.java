package org.cartulary.appliance.api;

import io.micronaut.http.HttpStatus;
import java.util.List;
import org.cartulary.appliance.access.Refused;
import org.cartulary.retrieval.understanding.Wording;
import org.jspecify.annotations.Nullable;

/** How a question is meant to be taken, out of the body of a request. */
final class Taken {
    private Taken() {}

    /** @throws Refused where a language is none, or there is too much of something */
    static Wording of(
            @Nullable String language,
            @Nullable Boolean exact,
            @Nullable List<String> without,
            @Nullable List<String> earlier) {
        try {
            return new Wording(
                    language,
                    Boolean.TRUE.equals(exact),
                    without == null ? List.of() : without,
                    earlier == null ? List.of() : earlier);
        } catch (IllegalArgumentException e) {
            throw new Refused(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()), "wording", null);
        }
    }
}
