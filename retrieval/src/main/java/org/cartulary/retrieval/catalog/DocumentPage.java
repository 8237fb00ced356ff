package org.cartulary.retrieval.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of a collection's documents, ordered by path.
 *
 * @param next where the following ones begin, or null at the end
 */
public record DocumentPage(
        List<Document> documents, @Nullable String next) {
    public DocumentPage {
        documents = List.copyOf(documents);
    }
}
