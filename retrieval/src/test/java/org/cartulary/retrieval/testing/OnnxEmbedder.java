package org.cartulary.retrieval.testing;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.Refusal;
import org.jspecify.annotations.Nullable;

/** The default embedder, bge-small-en-v1.5 in int8, run in the test's own process. Thread-safe. */
public final class OnnxEmbedder implements Embedder {
    private static final String SHA256 = "6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4";
    private static final String QUERY_PREFIX = "Represent this sentence for searching relevant passages: ";
    private static final int DIMENSION = 384;
    private static final int MAX_TOKENS = 512;

    private static @Nullable OnnxEmbedder shared;

    private final HuggingFaceTokenizer tokenizer;
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    private OnnxEmbedder(Path model) throws IOException, OrtException {
        this.tokenizer = HuggingFaceTokenizer.newInstance(
                model.resolve("tokenizer.json"), Map.of("truncation", "false", "padding", "false"));
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        this.session = environment.createSession(model.resolve("model.onnx").toString(), options);
    }

    /** The embedder of this JVM, loaded at first use from the cache of downloads. */
    public static synchronized OnnxEmbedder shared() {
        if (shared == null) {
            Path model = cache().resolve("models").resolve(SHA256);
            try {
                shared = new OnnxEmbedder(model);
            } catch (IOException e) {
                throw new UncheckedIOException("Run the launcher's set-up first: no embedder in " + model, e);
            } catch (OrtException e) {
                throw new InferenceFailed("The embedder in " + model + " does not load", e);
            }
        }
        return shared;
    }

    @Override
    public ModelCard model() {
        return new ModelCard(
                SHA256,
                "bge-small-en-v1.5",
                ModelCard.Role.EMBEDDING,
                "int8",
                "MIT",
                "onnxruntime in process",
                MAX_TOKENS,
                false);
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public int maxTokens() {
        return MAX_TOKENS;
    }

    @Override
    public List<float[]> embed(List<String> texts, Input input) {
        return texts.stream()
                .map(text -> embed(input == Input.QUERY ? QUERY_PREFIX + text : text))
                .toList();
    }

    @Override
    public List<Integer> countTokens(List<String> texts) {
        return texts.stream()
                .map(text -> tokenizer.encode(text, false, false).getIds().length)
                .toList();
    }

    private float[] embed(String text) {
        Encoding encoding = tokenizer.encode(text);
        int tokens = encoding.getIds().length;
        if (tokens > MAX_TOKENS) {
            throw new InferenceRefused(new Refusal.TextTooLong(0, tokens, MAX_TOKENS));
        }
        try (OnnxTensor ids = tensor(encoding.getIds());
                OnnxTensor mask = tensor(encoding.getAttentionMask());
                OnnxTensor types = tensor(encoding.getTypeIds());
                OrtSession.Result result =
                        session.run(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
            float[][][] states = (float[][][]) result.get(0).getValue();
            return normalised(states[0][0]);
        } catch (OrtException e) {
            throw new InferenceFailed("The embedder failed", e);
        }
    }

    private OnnxTensor tensor(long[] values) throws OrtException {
        return OnnxTensor.createTensor(environment, new long[][] {values});
    }

    private static float[] normalised(float[] vector) {
        double square = 0;
        for (float component : vector) {
            square += component * component;
        }
        float length = (float) Math.sqrt(square);
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
        return vector;
    }

    private static Path cache() {
        String configured = System.getProperty("cartulary.cache", "");
        if (!configured.isEmpty() && !configured.startsWith("$")) {
            return Path.of(configured);
        }
        Path standard = Path.of("/var/cache/cartulary");
        return Files.isDirectory(standard) ? standard : Path.of(System.getProperty("user.home"), ".cache/cartulary");
    }
}
