package org.cartulary.ingest;

import java.util.Locale;

/** Why a file was not taken in. Nothing of it was kept. */
public sealed interface Refusal {
    /** A sentence that a person can act on. */
    String message();

    /** Too many files wait already. */
    record QueueFull(long waiting, int limit) implements Refusal {
        @Override
        public String message() {
            return waiting + " files wait already, and the limit is " + limit
                    + ": try again when some are done, or raise the limit in the configuration.";
        }
    }

    /** The file is longer than the limit. */
    record FileTooLarge(String path, long maxBytes) implements Refusal {
        @Override
        public String message() {
            return "\"" + path + "\" is larger than the limit of " + String.format(Locale.ROOT, "%,d", maxBytes)
                    + " bytes: split it, or raise the limit in the configuration.";
        }
    }

    /** The path cannot name a document. */
    record BadPath(String message) implements Refusal {}
}
