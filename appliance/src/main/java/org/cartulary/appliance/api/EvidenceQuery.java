package org.cartulary.appliance.api;

import io.micronaut.http.HttpStatus;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.cartulary.appliance.access.Refused;
import org.cartulary.compliance.evidence.EntryType;
import org.jspecify.annotations.Nullable;

/** What is looked for in evidence, out of a request. */
final class EvidenceQuery {
    private EvidenceQuery() {}

    /**
     * An instant, or the begin of a day in UTC; null where nothing was given.
     *
     * @param orElse what else the parameter could have been, for the refusal; empty where it could not
     * @throws Refused where it is neither
     */
    static @Nullable Instant time(@Nullable String text, String parameter, String orElse) {
        try {
            if (text == null) {
                return null;
            }
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "\"" + text + "\" is neither " + orElse
                            + "a day such as 2026-11-23 nor an instant such as 2026-11-23T03:00:00Z.",
                    parameter,
                    null);
        }
    }

    /**
     * How a question ended; null where nothing was given.
     *
     * @throws Refused where no question ends so
     */
    static @Nullable EntryType outcome(@Nullable String outcome) {
        if (outcome == null) {
            return null;
        }
        try {
            EntryType type = EntryType.ofWireName(outcome);
            if (type.endsQuestion()) {
                return type;
            }
        } catch (IllegalArgumentException e) {
            // Said below, as for a type that is no end.
        }
        throw new Refused(
                HttpStatus.BAD_REQUEST,
                "\"" + outcome
                        + "\" is no end of a question; there are: answered, abstained, refused, failed, cancelled, interrupted.",
                "outcome",
                null);
    }
}
