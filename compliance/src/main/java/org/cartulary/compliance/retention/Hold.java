package org.cartulary.compliance.retention;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.compliance.identity.Principal;
import org.jspecify.annotations.Nullable;

/**
 * What is not to be deleted or disposed of, whatever rules say.
 *
 * @param number under which the log has it
 * @param value id of a document or collection, a reference as it was stated, or a question's number; empty for everything
 * @param reviewOn when somebody is to look whether it is still needed
 * @param releasedAt null while it holds
 */
public record Hold(
        UUID id,
        long number,
        Kind kind,
        String value,
        String reason,
        LocalDate reviewOn,
        Principal placedBy,
        Instant placedAt,
        @Nullable Instant releasedAt) {
    /** On what. */
    public enum Kind {
        DOCUMENT,
        COLLECTION,
        REFERENCE,
        QUESTION,
        EVERYTHING;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Empty where there is none of this name. */
        public static Optional<Kind> named(String name) {
            for (Kind kind : values()) {
                if (kind.wireName().equals(name)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /** Said to whoever wanted to delete; names neither case nor reason, which are the officers'. */
    public String refusal() {
        return "It is under a hold of " + placedAt.toString().substring(0, 10)
                + " and cannot be deleted or replaced: ask a compliance officer";
    }
}
