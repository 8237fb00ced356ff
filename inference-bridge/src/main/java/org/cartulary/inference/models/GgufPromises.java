package org.cartulary.inference.models;

import java.util.Optional;
import java.util.Set;

/**
 * What llama.cpp takes for granted of a header, and where it would divide by zero, abort or read beyond an array when it
 * does not hold. What it checks itself is left to it.
 */
final class GgufPromises {
    private static final long MAX_COUNT = 1 << 24;
    private static final Set<String> NO_VOCABULARY = Set.of("none", "no_vocab");

    private final GgufHeader header;

    private GgufPromises(GgufHeader header) {
        this.header = header;
    }

    /** @throws GgufInput.Malformed when one does not hold */
    static void require(GgufHeader header) throws GgufInput.Malformed {
        GgufPromises promises = new GgufPromises(header);
        promises.isAWholeModel();
        promises.hasSensibleSizes();
        promises.hasATokenizer();
    }

    private void isAWholeModel() throws GgufInput.Malformed {
        require(header.text("general.architecture").isPresent(), "it does not name its architecture");
        String type = header.text("general.type").orElse("model");
        require(
                type.equals("model") && !header.architecture().equals("clip"),
                "it is not a model of its own but a part for one (" + type
                        + "): only whole language models can be used");
        long parts = header.number("split.count").orElse(1L);
        require(
                parts <= 1,
                "it is one of " + parts + " parts of a split model: join them first with llama.cpp's"
                        + " llama-gguf-split --merge, and use the joined file");
    }

    private void hasSensibleSizes() throws GgufInput.Malformed {
        requireCount("embedding_length", true);
        requireCount("block_count", true);
        requireCount("context_length", true);
        boolean attends = header.tensors().stream()
                .anyMatch(tensor ->
                        tensor.name().contains(".attn_q") || tensor.name().contains(".attn_k"));
        if (attends) {
            requireCount("attention.head_count", false);
            requireCount("attention.head_count_kv", false);
            requireCount("attention.key_length", false);
            requireCount("attention.value_length", false);
            headsShareEvenly();
        }
    }

    /** A list of counts, one for each layer, is for llama.cpp to check. */
    private void requireCount(String key, boolean needed) throws GgufInput.Malformed {
        String full = header.architecture() + "." + key;
        Object value = header.values().get(full);
        boolean list = header.values().containsKey(full + ".length");
        if (value == null && (list || !needed)) {
            return;
        }
        require(
                value instanceof Long count && count > 0 && count <= MAX_COUNT,
                "its " + full + " is " + (value == null ? "missing" : value));
    }

    private void headsShareEvenly() throws GgufInput.Malformed {
        Optional<Long> heads = header.ofArchitecture("attention.head_count");
        Optional<Long> pairs = header.ofArchitecture("attention.head_count_kv");
        if (heads.isPresent() && pairs.isPresent()) {
            require(
                    pairs.get() <= heads.get() && heads.get() % pairs.get() == 0,
                    "its " + heads.get() + " heads cannot share " + pairs.get() + " pairs of key and value");
        }
    }

    private void hasATokenizer() throws GgufInput.Malformed {
        String model = header.text("tokenizer.ggml.model").orElse("");
        require(
                !model.isEmpty() && !NO_VOCABULARY.contains(model),
                "it has no tokenizer: convert the model again together with its tokenizer's files");
        long tokens = header.number("tokenizer.ggml.tokens.length").orElse(0L);
        require(tokens > 0, "its tokenizer has no tokens");
        requireSameLength("tokenizer.ggml.scores", tokens);
        requireSameLength("tokenizer.ggml.token_type", tokens);
        for (String name : new String[] {"token_embd.weight", "output.weight"}) {
            long rows = header.tensor(name)
                    .map(tensor -> tensor.dimensions().size() < 2
                            ? 1
                            : tensor.dimensions().get(1))
                    .orElse(tokens);
            require(rows == tokens, "its tokenizer has " + tokens + " tokens, but " + name + " has " + rows + " rows");
        }
        requireSpecialTokens(tokens);
    }

    private void requireSameLength(String key, long tokens) throws GgufInput.Malformed {
        long length = header.number(key + ".length").orElse(tokens);
        require(length == tokens, "its tokenizer has " + tokens + " tokens, but " + length + " values in " + key);
    }

    private void requireSpecialTokens(long tokens) throws GgufInput.Malformed {
        for (var value : header.values().entrySet()) {
            boolean special = value.getKey().startsWith("tokenizer.ggml.")
                    && value.getKey().endsWith("_token_id");
            // All ones stands for none.
            if (special && value.getValue() instanceof Long id && id != 0xffffffffL && id != -1) {
                require(id >= 0 && id < tokens, "its " + value.getKey() + " is " + id + " of " + tokens + " tokens");
            }
        }
    }

    private static void require(boolean holds, String otherwise) throws GgufInput.Malformed {
        if (!holds) {
            throw new GgufInput.Malformed(otherwise);
        }
    }
}
