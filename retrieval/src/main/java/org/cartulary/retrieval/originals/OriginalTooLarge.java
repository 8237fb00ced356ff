package org.cartulary.retrieval.originals;

/** A file that arrives is longer than allowed; nothing of it was kept. */
public final class OriginalTooLarge extends RuntimeException {
    private final long maxBytes;

    OriginalTooLarge(long maxBytes) {
        super("The file has more than " + maxBytes + " bytes: split it, or raise the limit in the configuration.");
        this.maxBytes = maxBytes;
    }

    public long maxBytes() {
        return maxBytes;
    }
}
