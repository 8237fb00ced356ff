package org.cartulary.inference.llama;

/** Whether attention is computed without writing its whole matrix down. */
enum FlashAttention {
    /** As llama.cpp thinks best for the model and this machine. */
    AUTO(-1),
    OFF(0);

    private final int code;

    FlashAttention(int code) {
        this.code = code;
    }

    /** {@code enum llama_flash_attn_type}. */
    int code() {
        return code;
    }
}
