package org.cartulary.retrieval.catalog;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What writing a document came to. */
public sealed interface Written {
    /**
     * It is committed and both indexes find it.
     *
     * @param change its change number
     * @param replaced the document that held the path before, gone now; or null
     */
    record Ready(UUID document, long change, @Nullable UUID replaced) implements Written {}

    /** The collection holds the same bytes already; nothing was written and the staged original is discarded. */
    record Duplicate(UUID existing) implements Written {}
}
