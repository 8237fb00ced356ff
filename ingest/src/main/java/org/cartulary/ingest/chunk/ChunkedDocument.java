package org.cartulary.ingest.chunk;

import java.util.List;

/**
 * A document's normalised text and its passages, which follow one another and do not overlap.
 *
 * @param text paragraphs separated by an empty line, rows and items of lists by a line break
 */
public record ChunkedDocument(String text, List<Passage> passages) {
    public ChunkedDocument {
        passages = List.copyOf(passages);
    }
}
