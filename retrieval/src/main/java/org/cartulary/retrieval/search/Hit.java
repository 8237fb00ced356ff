package org.cartulary.retrieval.search;

import java.time.LocalDate;
import java.util.UUID;
import org.cartulary.retrieval.scope.Holding;
import org.jspecify.annotations.Nullable;

/**
 * A passage found, and where it stands.
 *
 * @param holding whether its document holds on the day that was searched for
 * @param dated the day that its document is told by: when it became effective, else when it was added
 * @param language of the passage, ISO 639-1
 * @param start offset of the passage in its document's normalised text, in UTF-16 units
 */
public record Hit(
        long passage,
        UUID document,
        String path,
        String title,
        @Nullable Integer page,
        @Nullable String anchor,
        String text,
        String language,
        int start,
        int end,
        Holding holding,
        LocalDate dated,
        Scores scores) {
    Hit scored(Scores other) {
        return new Hit(passage, document, path, title, page, anchor, text, language, start, end, holding, dated, other);
    }
}
