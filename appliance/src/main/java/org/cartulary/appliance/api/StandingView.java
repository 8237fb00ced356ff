package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import java.time.LocalDate;
import org.cartulary.retrieval.scope.Holding;
import org.cartulary.retrieval.scope.Validity;
import org.jspecify.annotations.Nullable;

/**
 * Whether a document holds, and where.
 *
 * @param standing as {@code Standing} has it, on the day that was asked about: {@code in-force}, say
 * @param site null where it holds at every site
 * @param reviewDue whether somebody should have looked at it again by that day
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
record StandingView(
        String standing,
        @Nullable LocalDate effectiveOn,
        @Nullable LocalDate reviewOn,
        @Nullable LocalDate expiresOn,
        @Nullable LocalDate supersededOn,
        @Nullable String site,
        boolean reviewDue) {
    static StandingView of(Holding holding) {
        Validity validity = holding.validity();
        return new StandingView(
                holding.standing().word(),
                validity.effectiveOn(),
                validity.reviewOn(),
                validity.expiresOn(),
                validity.supersededOn(),
                holding.site(),
                holding.reviewDue());
    }
}
