package org.cartulary.ingest;

import java.util.Locale;

/** How far a file has come. */
public enum JobState {
    /** Taken in, durable, waiting for a worker. */
    QUEUED,
    /** Being read in a parser process. */
    PARSING,
    /** Its passages become vectors. */
    EMBEDDING,
    /** Committed; the lexical index follows. */
    INDEXING,
    /** Both indexes find it. */
    READY,
    /** The collection holds these bytes already; nothing was done. */
    DUPLICATE,
    /** Nothing of it can be found; the reason says why. */
    FAILED;

    /** Nothing more will happen to the job by itself. */
    public boolean isFinal() {
        return this == READY || this == DUPLICATE || this == FAILED;
    }

    /** As stored and shown: lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a name that is none of these */
    static JobState ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
