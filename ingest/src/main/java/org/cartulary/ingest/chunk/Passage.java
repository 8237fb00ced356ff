package org.cartulary.ingest.chunk;

import org.jspecify.annotations.Nullable;

/**
 * A passage of a document's normalised text.
 *
 * @param ordinal from 0, in reading order
 * @param text exactly {@code document.text().substring(start, end)}
 * @param start offset of the first character, in UTF-16 units
 * @param end offset after the last character
 * @param page of the first character; null where the format has none
 * @param anchor the headings above it, outermost first, joined by " > "; null where there are none
 */
public record Passage(
        int ordinal,
        String text,
        int start,
        int end,
        @Nullable Integer page,
        @Nullable String anchor) {}
