package org.cartulary.compliance.retention;

/** A hold does not let something be deleted or replaced; nothing was changed. */
public final class Held extends RuntimeException {
    Held(Hold hold) {
        super(hold.refusal());
    }
}
