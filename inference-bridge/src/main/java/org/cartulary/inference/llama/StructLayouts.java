package org.cartulary.inference.llama;

/**
 * Sizes and offsets in bytes of llama.cpp's structs at release v0.5.0 (64-bit), read off {@code llama.h}. They drift
 * between releases: {@link LlamaRuntime} compares known default values before it trusts them.
 */
final class StructLayouts {
    static final int MODEL_PARAMS_BYTES = 80;
    static final int CONTEXT_PARAMS_BYTES = 160;
    static final int QUANTIZE_PARAMS_BYTES = 64;
    static final int BATCH_BYTES = 56;

    static final int MODEL_GPU_LAYERS = 16;
    static final int MODEL_USE_EXTRA_BUFTS = 74;

    static final int CONTEXT_TOKENS = 0;
    static final int CONTEXT_BATCH = 4;
    static final int CONTEXT_UBATCH = 8;
    static final int CONTEXT_SEQUENCES = 12;
    static final int CONTEXT_OUTPUTS = 20;
    static final int CONTEXT_THREADS = 28;
    static final int CONTEXT_BATCH_THREADS = 32;
    static final int CONTEXT_POOLING = 44;
    static final int CONTEXT_FLASH_ATTENTION = 52;
    static final int CONTEXT_CACHE_TYPE = 104;
    static final int CONTEXT_ABORT_CALLBACK = 112;
    static final int CONTEXT_ABORT_DATA = 120;
    static final int CONTEXT_EMBEDDINGS = 128;
    static final int CONTEXT_OFFLOAD_KQV = 129;
    static final int CONTEXT_KV_UNIFIED = 133;

    static final int QUANTIZE_THREADS = 0;
    static final int QUANTIZE_FILE_TYPE = 4;
    static final int QUANTIZE_OUTPUT_TYPE = 8;
    static final int QUANTIZE_ALLOW_REQUANTIZE = 16;

    static final int BATCH_COUNT = 0;
    static final int BATCH_TOKENS = 8;
    static final int BATCH_POSITIONS = 24;
    static final int BATCH_SEQUENCE_COUNTS = 32;
    static final int BATCH_SEQUENCES = 40;
    static final int BATCH_OUTPUTS = 48;

    /** {@code llama_chat_message}: role, content. */
    static final int CHAT_MESSAGE_BYTES = 16;

    private StructLayouts() {}
}
