package org.cartulary.inference.models;

/** A model file that must not be used as it lies there. The message names the file and the remedy. */
public final class ModelRefused extends RuntimeException {
    public ModelRefused(String message) {
        super(message);
    }

    public ModelRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
