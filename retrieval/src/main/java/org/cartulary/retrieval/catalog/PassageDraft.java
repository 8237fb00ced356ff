package org.cartulary.retrieval.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A passage that is to be indexed.
 *
 * @param ordinal place among the document's passages, from 0
 * @param text exactly {@code document.text().substring(start, end)}
 * @param start offset into the document's normalised text, in UTF-16 units
 * @param end offset behind the last unit
 * @param page from 1, or null where the format has none
 * @param anchor heading path, or null
 */
public record PassageDraft(
        int ordinal,
        String text,
        int start,
        int end,
        @Nullable Integer page,
        @Nullable String anchor) {
    public PassageDraft {
        if (ordinal < 0 || start < 0 || end - start != text.length() || text.isBlank()) {
            throw new IllegalArgumentException("Passage " + ordinal + " has " + text.length()
                    + " units of text but the span " + start + " to " + end + ", or is blank");
        }
    }
}
