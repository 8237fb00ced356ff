package org.cartulary.ingest;

import java.util.Locale;
import java.util.UUID;
import org.cartulary.ingest.parse.ParseFailure;
import org.jspecify.annotations.Nullable;

/** How a job ended. */
record Finished(
        JobState state,
        @Nullable UUID document,
        @Nullable String failure,
        @Nullable String reason,
        @Nullable Integer pages,
        @Nullable Integer passages) {
    static Finished ready(UUID document, @Nullable String remarks, @Nullable Integer pages, int passages) {
        return new Finished(JobState.READY, document, null, remarks, pages, passages);
    }

    static Finished duplicate(UUID existing) {
        return new Finished(JobState.DUPLICATE, existing, null, null, null, null);
    }

    static Finished failed(UUID document, ParseFailure failure, String reason) {
        return failed(document, failure.name().toLowerCase(Locale.ROOT), reason);
    }

    static Finished failed(UUID document, String failure, String reason) {
        return new Finished(JobState.FAILED, document, failure, reason, null, null);
    }
}
