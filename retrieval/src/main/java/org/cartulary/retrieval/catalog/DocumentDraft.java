package org.cartulary.retrieval.catalog;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A parsed and chunked document that is to be written.
 *
 * @param id the id under which its original is staged
 * @param path relative to the ingested root; unique among the ready documents of a collection
 * @param sha256 of the original's bytes, 32 bytes
 * @param bytes length of the original
 * @param pages where the format has pages
 * @param language BCP 47, or {@code und}
 * @param text normalised text of the whole document
 * @param passages in order of their ordinals; at most {@value #MAX_PASSAGES}
 * @param details what the house says of it; null where nothing new is said, so that what was said of its path stays
 */
@SuppressWarnings("ArrayRecordComponent") // drafts are written, never compared
public record DocumentDraft(
        UUID id,
        UUID collection,
        String path,
        String title,
        String mediaType,
        byte[] sha256,
        long bytes,
        @Nullable Integer pages,
        String language,
        String text,
        List<PassageDraft> passages,
        @Nullable Details details) {
    /** More passages than this in one document are refused. */
    public static final int MAX_PASSAGES = 100_000;

    public DocumentDraft {
        passages = List.copyOf(passages);
        if (passages.size() > MAX_PASSAGES) {
            throw new IllegalArgumentException("The document " + path + " has " + passages.size()
                    + " passages, but at most " + MAX_PASSAGES + " are indexed: split it.");
        }
        for (PassageDraft passage : passages) {
            requireInside(passage, text);
        }
    }

    private static void requireInside(PassageDraft passage, String text) {
        if (passage.end() > text.length() || !text.startsWith(passage.text(), passage.start())) {
            throw new IllegalArgumentException("Passage " + passage.ordinal() + " is not the text between its offsets "
                    + passage.start() + " and " + passage.end() + " of a text of " + text.length() + " units");
        }
    }
}
