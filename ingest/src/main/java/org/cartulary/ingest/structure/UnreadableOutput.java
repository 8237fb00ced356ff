package org.cartulary.ingest.structure;

/** A parser process gave something that is not the XHTML it promised. */
public final class UnreadableOutput extends RuntimeException {
    UnreadableOutput(String message, Throwable cause) {
        super(message, cause);
    }
}
