package org.cartulary.ingest.structure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document as read: what it is called and its blocks in reading order.
 *
 * @param title its own, or its first heading, or its file name
 * @param mediaType by content
 * @param pages PDF pages, slides or sheets; null where the format has none
 * @param language BCP 47, as the file itself states it; {@code und} where it does not
 */
public record StructuredDocument(
        String title, String mediaType, @Nullable Integer pages, String language, List<Block> blocks) {
    public StructuredDocument {
        blocks = List.copyOf(blocks);
    }
}
