package org.cartulary.retrieval.originals;

import java.util.UUID;

/** There is no original of that document. */
public final class OriginalMissing extends RuntimeException {
    OriginalMissing(UUID document) {
        super("No original is stored for document " + document
                + ": the document was deleted, or the home was restored without its originals.");
    }
}
