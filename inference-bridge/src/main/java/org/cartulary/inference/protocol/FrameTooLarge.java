package org.cartulary.inference.protocol;

/** A message that no frame can carry; the connection is unharmed. */
public final class FrameTooLarge extends RuntimeException {
    FrameTooLarge(int bytes) {
        super("The request takes " + bytes + " bytes, more than the " + Frame.MAX_BYTES
                + " that one call may carry: send fewer or shorter texts.");
    }
}
