package org.cartulary.ingest;

/** A file was not taken in, for a reason that the caller can mend. */
public final class IngestRefused extends RuntimeException {
    private final transient Refusal refusal;

    public IngestRefused(Refusal refusal) {
        super(refusal.message());
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
