package org.cartulary.retrieval.originals;

import java.io.IOException;
import java.util.UUID;

/** A stored original was cut off, altered, swapped with another or has lost its key. What was read so far is genuine. */
public final class OriginalDamaged extends IOException {
    OriginalDamaged(UUID document, String what) {
        super("The original of document " + document + " " + what
                + ": restore it from a backup or ingest the file again.");
    }

    OriginalDamaged(UUID document, String what, Throwable cause) {
        this(document, what);
        initCause(cause);
    }
}
