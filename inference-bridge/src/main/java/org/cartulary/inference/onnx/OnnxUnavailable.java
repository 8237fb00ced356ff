package org.cartulary.inference.onnx;

/** ONNX Runtime or a model cannot be used here; retrying without a change does not help. */
public final class OnnxUnavailable extends RuntimeException {
    OnnxUnavailable(String message) {
        super(message);
    }

    OnnxUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
