package org.cartulary.ingest.parse;

/** Why a file gave no text. The wire name stands in summaries; people read the sentence in the outcome. */
public enum ParseFailure {
    EMPTY,
    ENCRYPTED,
    BROKEN,
    TIME_LIMIT,
    MEMORY_LIMIT,
    CRASHED,
    ZIP_BOMB,
    TOO_MUCH_TEXT,
    TOO_MANY_EMBEDDED,
    NO_TEXT,
    UNSUPPORTED,
    /** The parser itself is not up: the file is not to blame and may be tried again. */
    PARSER_DOWN;

    /** The failure took a parser process with it, or may have: the file is tried once more, alone. */
    boolean isSuspect() {
        return this == TIME_LIMIT || this == MEMORY_LIMIT || this == CRASHED;
    }
}
