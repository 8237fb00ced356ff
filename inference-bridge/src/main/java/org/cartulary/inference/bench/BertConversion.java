package org.cartulary.inference.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes a BERT embedder out of ONNX as a GGUF of 32-bit floats, as llama.cpp's own converter would
 * ({@code conversion/bert.py}, release v0.5.0). Written for bge-small-en-v1.5; others of its make differ in the shape.
 */
public final class BertConversion {
    private static final int LAYERS = 12;
    private static final int WIDTH = 384;
    private static final int INNER = 1536;
    private static final int HEADS = 12;
    private static final int CONTEXT = 512;
    private static final Set<String> CONTROL = Set.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
    private static final int TYPE_NORMAL = 1;
    private static final int TYPE_CONTROL = 3;
    private static final int CLS_POOLING = 2;

    private static final Map<String, String> LAYER_PARTS = Map.of(
            "attention.self.query", "attn_q",
            "attention.self.key", "attn_k",
            "attention.self.value", "attn_v",
            "attention.output.dense", "attn_output",
            "intermediate.dense", "ffn_up",
            "output.dense", "ffn_down");
    private static final Map<String, String> LAYER_NORMS = Map.of(
            "attention.output.LayerNorm", "attn_output_norm",
            "output.LayerNorm", "layer_output_norm");

    private final OnnxWeights weights;
    private final GgufOutput gguf = new GgufOutput();

    private BertConversion(OnnxWeights weights) {
        this.weights = weights;
    }

    /**
     * Converts a model.
     *
     * @param tokenizer its {@code tokenizer.json}, of the WordPiece kind
     * @param target must not exist
     */
    public static void convert(Path onnx, Path tokenizer, Path target) throws IOException {
        BertConversion conversion = new BertConversion(OnnxWeights.read(onnx));
        conversion.describe();
        conversion.addVocabulary(tokenizer);
        conversion.addTensors();
        conversion.gguf.write(target);
    }

    private void describe() {
        gguf.text("general.architecture", "bert")
                .text("general.name", "bge-small-en-v1.5")
                .number("general.file_type", 0)
                .number("bert.context_length", CONTEXT)
                .number("bert.embedding_length", WIDTH)
                .number("bert.block_count", LAYERS)
                .number("bert.feed_forward_length", INNER)
                .number("bert.attention.head_count", HEADS)
                .real("bert.attention.layer_norm_epsilon", 1e-12f)
                .no("bert.attention.causal")
                .number("bert.pooling_type", CLS_POOLING);
    }

    private void addVocabulary(Path tokenizer) throws IOException {
        JsonNode vocabulary =
                new JsonMapper().readTree(tokenizer.toFile()).path("model").path("vocab");
        String[] tokens = new String[vocabulary.size()];
        vocabulary.properties().forEach(entry -> tokens[entry.getValue().intValue()] = entry.getKey());
        List<Integer> types = Arrays.stream(tokens)
                .map(token -> CONTROL.contains(token) ? TYPE_CONTROL : TYPE_NORMAL)
                .collect(Collectors.toList());
        gguf.text("tokenizer.ggml.model", "bert")
                .text("tokenizer.ggml.pre", "bert-bge")
                .number("tokenizer.ggml.token_type_count", 2)
                .texts(
                        "tokenizer.ggml.tokens",
                        Arrays.stream(tokens).map(BertConversion::phantom).toList())
                .numbers("tokenizer.ggml.token_type", types)
                .number("tokenizer.ggml.unknown_token_id", 100)
                .number("tokenizer.ggml.seperator_token_id", 102)
                .number("tokenizer.ggml.padding_token_id", 0)
                .number("tokenizer.ggml.cls_token_id", 101)
                .number("tokenizer.ggml.mask_token_id", 103);
    }

    /** llama.cpp marks what begins a word, WordPiece what continues one. */
    private static String phantom(String token) {
        if (CONTROL.contains(token)) {
            return token;
        }
        return token.startsWith("##") ? token.substring(2) : "\u2581" + token;
    }

    private void addTensors() {
        table("embeddings.word_embeddings.weight", "token_embd.weight");
        table("embeddings.position_embeddings.weight", "position_embd.weight");
        table("embeddings.token_type_embeddings.weight", "token_types.weight");
        vectors("embeddings.LayerNorm", "token_embd_norm");
        for (int layer = 0; layer < LAYERS; layer++) {
            String from = "encoder.layer." + layer + ".";
            String to = "blk." + layer + ".";
            LAYER_PARTS.forEach((onnx, ggml) -> {
                matrix(from + onnx, to + ggml + ".weight");
                vector(from + onnx + ".bias", to + ggml + ".bias");
            });
            LAYER_NORMS.forEach((onnx, ggml) -> vectors(from + onnx, to + ggml));
        }
    }

    private void vectors(String onnx, String ggml) {
        vector(onnx + ".weight", ggml + ".weight");
        vector(onnx + ".bias", ggml + ".bias");
    }

    private void vector(String onnx, String ggml) {
        float[] values = values(named(onnx));
        gguf.tensor(ggml, values, values.length);
    }

    private void table(String onnx, String ggml) {
        OnnxWeights.Weight weight = named(onnx);
        gguf.tensor(
                ggml,
                values(weight),
                weight.dimensions().getLast(),
                weight.dimensions().getFirst());
    }

    /** ONNX has a row for each input, ggml for each output. */
    private void matrix(String layer, String ggml) {
        OnnxWeights.Weight weight = weights.matrixOf(layer)
                .orElseThrow(() -> new IllegalArgumentException("The ONNX file has no matrix for " + layer));
        int inputs = Math.toIntExact(weight.dimensions().getFirst());
        int outputs = Math.toIntExact(weight.dimensions().getLast());
        float[] from = values(weight);
        float[] to = new float[from.length];
        for (int input = 0; input < inputs; input++) {
            for (int output = 0; output < outputs; output++) {
                to[output * inputs + input] = from[input * outputs + output];
            }
        }
        gguf.tensor(ggml, to, inputs, outputs);
    }

    private OnnxWeights.Weight named(String name) {
        return weights.named(name)
                .orElseThrow(() -> new IllegalArgumentException("The ONNX file has no weight " + name));
    }

    private static float[] values(OnnxWeights.Weight weight) {
        float[] values = new float[weight.values().remaining()];
        weight.values().duplicate().get(values);
        return values;
    }
}
