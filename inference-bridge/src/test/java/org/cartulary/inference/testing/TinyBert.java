package org.cartulary.inference.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.cartulary.inference.models.ModelStore;
import org.cartulary.inference.models.StoredModel;

/**
 * A BERT of two layers with random weights, as an embedder or as a cross-encoder of one score: microseconds a text,
 * without sense, always the same.
 */
public final class TinyBert {
    public static final int WINDOW = 64;
    public static final int WIDTH = 32;
    public static final int BEGIN = 1;
    public static final int SEPARATOR = 2;

    private static final int INNER = 64;
    private static final int LAYERS = 2;
    private static final int HEADS = 2;

    private final Random random = new Random(20261123);
    private final GgufWriter gguf = new GgufWriter();
    private int tokenTypes = 1;
    private int pooling = 1;
    private boolean broken;

    private TinyBert() {}

    /** An embedder that takes the mean. */
    public static TinyBert embedder() {
        return new TinyBert();
    }

    /** A cross-encoder with one score and one token type, as XLM-R has. */
    public static TinyBert reranker() {
        TinyBert bert = new TinyBert();
        bert.pooling = 4;
        return bert;
    }

    /** The same with another {@code pooling_type}; 0 for a file that says nothing of use. */
    public TinyBert pooling(int type) {
        pooling = type;
        return this;
    }

    /** The same with so many token types. */
    public TinyBert tokenTypes(int count) {
        tokenTypes = count;
        return this;
    }

    /** The same with weights that give no numbers. */
    public TinyBert broken() {
        broken = true;
        return this;
    }

    /** Puts the model into a store below the directory. */
    public StoredModel in(Path directory) throws IOException {
        return in(directory, "");
    }

    /**
     * Puts the model into a store below the directory.
     *
     * @param fields more of the manifest, as JSON that begins with a comma
     */
    public StoredModel in(Path directory, String fields) throws IOException {
        byte[] bytes = write();
        String hash = sha256(bytes);
        Path home = Files.createDirectories(directory.resolve(hash));
        Files.write(home.resolve("model.gguf"), bytes);
        Files.writeString(home.resolve("manifest.json"), """
                {"sha256":"%s","file":"model.gguf","bytes":%d,"name":"tiny bert","role":"%s","format":"gguf",
                 "licence":"none","source":"test","architecture":"bert","quantisation":"F32",
                 "demonstrationOnly":true,"default":false%s}
                """.formatted(
                        hash, bytes.length, pooling == 4 ? "rerank" : "embedding", fields));
        return ModelStore.read(home);
    }

    private byte[] write() {
        List<String> tokens = tokens();
        gguf.text("general.architecture", "bert")
                .text("general.name", "tiny bert")
                .number("bert.context_length", WINDOW)
                .number("bert.embedding_length", WIDTH)
                .number("bert.block_count", LAYERS)
                .number("bert.feed_forward_length", INNER)
                .number("bert.attention.head_count", HEADS)
                .real("bert.attention.layer_norm_epsilon", 1e-12f)
                .flag("bert.attention.causal", false)
                .number("bert.pooling_type", pooling)
                .text("tokenizer.ggml.model", "bert")
                .text("tokenizer.ggml.pre", "default")
                .number("tokenizer.ggml.token_type_count", tokenTypes)
                .texts("tokenizer.ggml.tokens", tokens)
                .numbers("tokenizer.ggml.token_type", types(tokens))
                .number("tokenizer.ggml.unknown_token_id", 0)
                .number("tokenizer.ggml.bos_token_id", BEGIN)
                .number("tokenizer.ggml.eos_token_id", SEPARATOR)
                .number("tokenizer.ggml.seperator_token_id", SEPARATOR)
                .number("tokenizer.ggml.padding_token_id", 0)
                .flag("tokenizer.ggml.add_eos_token", pooling == 4);
        matrix("token_embd.weight", WIDTH, tokens.size());
        matrix("position_embd.weight", WIDTH, WINDOW);
        matrix("token_types.weight", WIDTH, tokenTypes);
        norm("token_embd_norm");
        for (int layer = 0; layer < LAYERS; layer++) {
            layer("blk." + layer + ".");
        }
        if (pooling == 4) {
            linear("cls", WIDTH, WIDTH);
            linear("cls.output", WIDTH, 1);
        }
        return gguf.bytes();
    }

    private void layer(String prefix) {
        for (String name : List.of("attn_q", "attn_k", "attn_v", "attn_output")) {
            linear(prefix + name, WIDTH, WIDTH);
        }
        norm(prefix + "attn_output_norm");
        linear(prefix + "ffn_up", WIDTH, INNER);
        linear(prefix + "ffn_down", INNER, WIDTH);
        norm(prefix + "layer_output_norm");
    }

    private void linear(String name, int inputs, int outputs) {
        matrix(name + ".weight", inputs, outputs);
        gguf.tensor(name + ".bias", weights(outputs), outputs);
    }

    private void matrix(String name, int inputs, int outputs) {
        gguf.tensor(name, weights(inputs * outputs), inputs, outputs);
    }

    private float[] weights(int count) {
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            weights[i] = broken ? Float.NaN : (float) random.nextGaussian() * 0.3f;
        }
        return weights;
    }

    private void norm(String name) {
        float[] ones = new float[WIDTH];
        java.util.Arrays.fill(ones, 1);
        gguf.tensor(name + ".weight", ones, WIDTH);
        gguf.tensor(name + ".bias", new float[WIDTH], WIDTH);
    }

    private static List<String> tokens() {
        List<String> tokens = new ArrayList<>(List.of("[UNK]", "[CLS]", "[SEP]"));
        for (String start : List.of("\u2581", "")) {
            for (char letter = 'a'; letter <= 'z'; letter++) {
                tokens.add(start + letter);
            }
            for (char digit = '0'; digit <= '9'; digit++) {
                tokens.add(start + digit);
            }
        }
        tokens.addAll(
                List.of("\u2581the", "\u2581ward", "\u2581visitors", "\u2581log", "\u2581.", "\u2581[", "\u2581]"));
        return tokens;
    }

    private static List<Integer> types(List<String> tokens) {
        List<Integer> types = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            types.add(i == 0 ? 2 : i < 3 ? 3 : 1);
        }
        return types;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
