package org.cartulary.appliance.api;

import io.micronaut.http.HttpStatus;
import java.util.List;
import java.util.Objects;
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
                    language, Boolean.TRUE.equals(exact), texts(without, "without"), texts(earlier, "earlier"));
        } catch (IllegalArgumentException e) {
            throw new Refused(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()), "wording", null);
        }
    }

    /**
     * A list of texts out of the body of a request, in which JSON may have put a null.
     *
     * @param given none where absent
     * @throws Refused where one of them is null
     */
    static List<String> texts(@Nullable List<String> given, String parameter) {
        List<String> texts = given == null ? List.of() : given;
        if (texts.stream().anyMatch(Objects::isNull)) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "\"" + parameter + "\" is a list of texts, but one of them is null: leave it out.",
                    parameter,
                    null);
        }
        return texts;
    }
}
