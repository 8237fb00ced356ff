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
import java.util.function.Consumer;
import org.cartulary.inference.models.ModelStore;
import org.cartulary.inference.models.StoredModel;

/**
 * A llama of two layers with random weights: answers in microseconds, without sense, always the same. Its vocabulary is
 * all bytes, the letters, and a few words.
 */
public final class TinyModel {
    public static final int WINDOW = 512;
    public static final int END_TOKEN = 2;

    /** As TinyLlama's: written with the tokeniser's own end token. */
    private static final String TEMPLATE = """
            {% for message in messages %}
            {% if message['role'] == 'user' %}
            {{ '<|user|>
            ' + message['content'] + eos_token }}
            {% elif message['role'] == 'system' %}
            {{ '<|system|>
            ' + message['content'] + eos_token }}
            {% endif %}
            {% if loop.last and add_generation_prompt %}
            {{ '<|assistant|>' }}
            {% endif %}
            {% endfor %}""";

    private static final int WIDTH = 64;
    private static final int INNER = 128;
    private static final int LAYERS = 2;
    private static final int HEADS = 4;

    private final Random random = new Random(20261122);
    private final GgufWriter gguf = new GgufWriter();

    private final String template;
    private final List<String> controlTokens;

    private TinyModel(String template, List<String> controlTokens) {
        this.template = template;
        this.controlTokens = controlTokens;
    }

    /** The file's bytes. */
    public static byte[] bytes() {
        return bytes(header -> {});
    }

    /** The bytes of a file with more in its header. */
    public static byte[] bytes(Consumer<GgufWriter> more) {
        TinyModel model = new TinyModel(TEMPLATE, List.of());
        more.accept(model.gguf);
        return model.write();
    }

    /** The bytes of a model with another chat template, and more control tokens at the end of its vocabulary. */
    public static byte[] bytes(String template, List<String> controlTokens) {
        return new TinyModel(template, controlTokens).write();
    }

    /** Puts the model into a store below the directory. */
    public static StoredModel in(Path directory) throws IOException {
        return in(directory, bytes());
    }

    /** Puts bytes into a store below the directory, as if they were a model. */
    public static StoredModel in(Path directory, byte[] bytes) throws IOException {
        String hash = sha256(bytes);
        Path home = Files.createDirectories(directory.resolve(hash));
        Files.write(home.resolve("model.gguf"), bytes);
        Files.writeString(home.resolve("manifest.json"), """
                {"sha256":"%s","file":"model.gguf","bytes":%d,"name":"tiny","role":"chat","format":"gguf",
                 "licence":"none","source":"test","architecture":"llama","quantisation":"F32","contextTokens":%d,
                 "demonstrationOnly":true,"default":true,"parent":null,"template":"model"}
                """.formatted(hash, bytes.length, WINDOW));
        return ModelStore.read(home);
    }

    private byte[] write() {
        List<String> tokens = tokens();
        tokens.addAll(controlTokens);
        gguf.text("general.architecture", "llama")
                .text("general.name", "tiny")
                .number("llama.context_length", WINDOW)
                .number("llama.embedding_length", WIDTH)
                .number("llama.block_count", LAYERS)
                .number("llama.feed_forward_length", INNER)
                .number("llama.rope.dimension_count", WIDTH / HEADS)
                .number("llama.attention.head_count", HEADS)
                .number("llama.attention.head_count_kv", HEADS)
                .real("llama.attention.layer_norm_rms_epsilon", 1e-5f)
                .text("tokenizer.ggml.model", "llama")
                .texts("tokenizer.ggml.tokens", tokens)
                .reals(
                        "tokenizer.ggml.scores",
                        tokens.stream().map(token -> -1f * token.length()).toList())
                .numbers("tokenizer.ggml.token_type", types(tokens, tokens.size() - controlTokens.size()))
                .number("tokenizer.ggml.unknown_token_id", 0)
                .number("tokenizer.ggml.bos_token_id", 1)
                .number("tokenizer.ggml.eos_token_id", END_TOKEN)
                .text("tokenizer.chat_template", template);
        matrix("token_embd.weight", WIDTH, tokens.size());
        matrix("output.weight", WIDTH, tokens.size());
        ones("output_norm.weight");
        for (int layer = 0; layer < LAYERS; layer++) {
            layer("blk." + layer + ".");
        }
        return gguf.bytes();
    }

    private void layer(String prefix) {
        ones(prefix + "attn_norm.weight");
        ones(prefix + "ffn_norm.weight");
        for (String name : List.of("attn_q", "attn_k", "attn_v", "attn_output")) {
            matrix(prefix + name + ".weight", WIDTH, WIDTH);
        }
        matrix(prefix + "ffn_gate.weight", WIDTH, INNER);
        matrix(prefix + "ffn_up.weight", WIDTH, INNER);
        matrix(prefix + "ffn_down.weight", INNER, WIDTH);
    }

    private void matrix(String name, int rows, int columns) {
        float[] weights = new float[rows * columns];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextGaussian() * 0.3f;
        }
        gguf.tensor(name, weights, rows, columns);
    }

    private void ones(String name) {
        float[] weights = new float[WIDTH];
        java.util.Arrays.fill(weights, 1);
        gguf.tensor(name, weights, WIDTH);
    }

    private static List<String> tokens() {
        List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
        for (int value = 0; value < 256; value++) {
            tokens.add("<0x%02X>".formatted(value));
        }
        tokens.add("\u2581");
        for (char letter = 'a'; letter <= 'z'; letter++) {
            tokens.add(String.valueOf(letter));
        }
        tokens.addAll(List.of("\u2581the", "\u2581ward", "yes", "no", "\u00fc", "\u20ac"));
        return tokens;
    }

    private static List<Integer> types(List<String> tokens, int firstControl) {
        List<Integer> types = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            types.add(i == 0 ? 2 : i < 3 || i >= firstControl ? 3 : i < 259 ? 6 : 1);
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
