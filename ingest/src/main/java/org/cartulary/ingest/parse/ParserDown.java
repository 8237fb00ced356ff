package org.cartulary.ingest.parse;

/** No parser process can be had. The file is not to blame. */
final class ParserDown extends RuntimeException {
    ParserDown(String message, Throwable cause) {
        super(message, cause);
    }
}
