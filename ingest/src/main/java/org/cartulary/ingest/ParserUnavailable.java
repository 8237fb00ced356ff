package org.cartulary.ingest;

/** No parser process can be had; the file may be tried again. */
final class ParserUnavailable extends RuntimeException {
    ParserUnavailable(String message) {
        super(message);
    }
}
