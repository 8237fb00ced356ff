package org.cartulary.inference.llama;

/** llama.cpp or a model cannot be used as it lies on disk; retrying without a change does not help. */
public final class LlamaUnavailable extends RuntimeException {
    LlamaUnavailable(String message) {
        super(message);
    }
}
