package org.cartulary.inference.onnx;

/** ONNX Runtime failed in the middle of its work. */
public final class OnnxFault extends RuntimeException {
    OnnxFault(String message, Throwable cause) {
        super(message, cause);
    }
}
