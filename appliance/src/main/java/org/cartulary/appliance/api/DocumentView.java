package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.cartulary.retrieval.catalog.Document;
import org.jspecify.annotations.Nullable;

/**
 * A document as the interface shows it.
 *
 * @param marks what it bears, for those who manage its collection; null for others, and beside a passage
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
record DocumentView(
        UUID id,
        String path,
        String title,
        String mediaType,
        String state,
        @Nullable String reason,
        @Nullable Integer pages,
        int passages,
        long bytes,
        Instant addedAt,
        @Nullable Marks marks) {
    static DocumentView of(Document document, @Nullable Marks marks) {
        return new DocumentView(
                document.id(),
                document.path(),
                document.title(),
                document.mediaType(),
                document.state().name().toLowerCase(Locale.ROOT),
                document.reason(),
                document.pages(),
                document.passages(),
                document.bytes(),
                document.addedAt(),
                marks);
    }
}
