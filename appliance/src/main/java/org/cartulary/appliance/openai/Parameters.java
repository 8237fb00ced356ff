package org.cartulary.appliance.openai;

import io.micronaut.http.HttpStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.cartulary.appliance.access.Refused;
import org.jspecify.annotations.Nullable;

/** The body of a request, read field by field. What does not fit is refused with the field's name, never ignored. */
record Parameters(Map<String, Object> body) {
    /** Notes for the provider's own books, of which we keep none. */
    private static final Set<String> NOTES =
            Set.of("user", "metadata", "store", "service_tier", "safety_identifier", "prompt_cache_key");

    /** Refuses what is neither known nor a note, unless its value asks for nothing. */
    void requireKnown(Set<String> known) {
        body.forEach((name, value) -> {
            if (!known.contains(name) && !NOTES.contains(name) && !asksNothing(value)) {
                throw unsupported(name, "is not supported: leave it out.");
            }
        });
    }

    /** Clients send parameters at the values at which they do nothing; refusing those would only break the clients. */
    boolean asksNothing(String name) {
        return asksNothing(body.get(name));
    }

    private static boolean asksNothing(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case Boolean flag -> !flag;
            case Number number -> number.doubleValue() == 0;
            case List<?> list -> list.isEmpty() || list.equals(List.of("text"));
            case Map<?, ?> map -> map.isEmpty() || "text".equals(map.get("type"));
            default -> false;
        };
    }

    boolean has(String name) {
        return body.get(name) != null;
    }

    @Nullable
    Object any(String name) {
        return body.get(name);
    }

    /** A text that must be there. */
    String text(String name) {
        if (body.get(name) instanceof String text && !text.isBlank()) {
            return sound(name, text);
        }
        throw refused(name, "The parameter \"" + name + "\" must be a text that is not empty.");
    }

    /** A number, with its limits in words for whoever breaks them. */
    double number(String name, double standard, Predicate<Double> holds, String limits) {
        Object value = body.get(name);
        if (value == null) {
            return standard;
        }
        if (value instanceof Number number && holds.test(number.doubleValue())) {
            return number.doubleValue();
        }
        throw refused(name, "The parameter \"" + name + "\" must be a number " + limits + ", but was " + value + ".");
    }

    /** A whole number within limits, both included. */
    long integer(String name, long standard, long least, long most) {
        Object value = body.get(name);
        if (value == null) {
            return standard;
        }
        if (value instanceof Integer || value instanceof Long) {
            long number = ((Number) value).longValue();
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw refused(
                name,
                "The parameter \"" + name + "\" must be a whole number of " + least + " to " + most + ", but was "
                        + value + ".");
    }

    boolean flag(String name) {
        Object value = body.get(name);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw refused(name, "The parameter \"" + name + "\" must be true or false.");
    }

    /** Half a character can be neither tokenised nor recorded. */
    static String sound(String name, String text) {
        if (text.codePoints().anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            throw refused(
                    name, "The parameter \"" + name + "\" contains half of a surrogate pair: send whole characters.");
        }
        return text;
    }

    static Refused refused(String parameter, String detail) {
        return new Refused(HttpStatus.BAD_REQUEST, detail, parameter, "invalid_value");
    }

    static Refused unsupported(String parameter, String what) {
        return new Refused(
                HttpStatus.BAD_REQUEST,
                "The parameter \"" + parameter + "\" " + what,
                parameter,
                "unsupported_parameter");
    }
}
