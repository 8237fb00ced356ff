package org.cartulary.inference.protocol;

import java.io.IOException;

/** The peer sent what no peer may send; the connection is of no more use. */
public final class ProtocolViolation extends IOException {
    ProtocolViolation(String message) {
        super(message);
    }

    ProtocolViolation(String message, Throwable cause) {
        super(message, cause);
    }
}
