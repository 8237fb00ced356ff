package org.cartulary.inference.llama;

/** llama.cpp returned an error in the middle of its work; the request it worked for is lost. */
public final class LlamaFault extends RuntimeException {
    LlamaFault(String message) {
        super(message);
    }
}
