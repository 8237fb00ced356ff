package org.cartulary.inference;

/** A request that no retry without change can satisfy, or that must wait. The worker is well. */
public final class InferenceRefused extends RuntimeException {
    private final Refusal refusal;

    public InferenceRefused(Refusal refusal) {
        super(refusal.message());
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
