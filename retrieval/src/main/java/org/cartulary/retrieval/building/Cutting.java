package org.cartulary.retrieval.building;

import java.util.List;
import java.util.Optional;
import org.cartulary.retrieval.catalog.Document;
import org.cartulary.retrieval.catalog.PassageDraft;

/** Cuts a document again out of its original, as documents are cut now. Thread-safe. */
@FunctionalInterface
public interface Cutting {
    /** Cuts it; empty where its original can no longer be read: it keeps the passages that it has then. */
    Optional<Cut> again(Document document) throws InterruptedException;

    /**
     * A document, cut.
     *
     * @param text its normalised text, into which the passages' offsets point
     * @param passages in their order
     */
    record Cut(String text, List<PassageDraft> passages) {
        public Cut {
            passages = List.copyOf(passages);
        }
    }
}
