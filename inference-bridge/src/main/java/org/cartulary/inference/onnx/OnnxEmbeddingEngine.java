package org.cartulary.inference.onnx;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.embedding.EmbeddingEngine;
import org.cartulary.inference.embedding.EmbeddingShape;
import org.cartulary.inference.embedding.Lane;
import org.cartulary.inference.embedding.Pooling;
import org.cartulary.inference.embedding.Vectors;

/**
 * A BERT-style embedder on ONNX Runtime.
 *
 * <p>One text a run, on the calling thread: attention over a shared batch costs more than it saves, and in an int8
 * model a text's vector would depend on its neighbours in the batch. Several threads may call at once. Thread-safe.
 */
public final class OnnxEmbeddingEngine implements EmbeddingEngine, AutoCloseable {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final HuggingFaceTokenizer tokeniser;
    private final EmbeddingShape shape;
    private final int threads;

    private OnnxEmbeddingEngine(
            OrtEnvironment environment,
            OrtSession session,
            HuggingFaceTokenizer tokeniser,
            EmbeddingShape shape,
            int threads) {
        this.environment = environment;
        this.session = session;
        this.tokeniser = tokeniser;
        this.shape = shape;
        this.threads = threads;
    }

    /**
     * Loads a model; {@link OnnxLibraries#use} came before.
     *
     * @param tokenizer a Hugging Face {@code tokenizer.json}
     * @param threads that may compute at once
     * @throws OnnxUnavailable when one of them cannot be loaded
     */
    public static OnnxEmbeddingEngine load(Path model, Path tokenizer, EmbeddingShape shape, int threads) {
        if (shape.pooling() == Pooling.RANK) {
            throw new OnnxUnavailable("The model " + model + " pools by rank: rerankers are imported as GGUF.");
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            OrtSession session = environment.createSession(model.toString(), options);
            // By default this tokeniser cuts long texts in silence.
            HuggingFaceTokenizer tokeniser = HuggingFaceTokenizer.newInstance(
                    PlainTextTokenizer.of(tokenizer), Map.of("truncation", "false", "padding", "false"));
            return new OnnxEmbeddingEngine(environment, session, tokeniser, shape, threads);
        } catch (OrtException | IOException | RuntimeException e) {
            throw new OnnxUnavailable("ONNX Runtime cannot load the model " + model + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String kernel() {
        return "ONNX Runtime " + environment.getVersion() + " (" + ProcessorVariant.name() + ")";
    }

    @Override
    public EmbeddingShape shape() {
        return shape;
    }

    @Override
    public List<Lane> lanes() {
        return Collections.nCopies(threads, this::embed);
    }

    @Override
    public int countTokens(String text) {
        return tokeniser.encode(text, false, false).getIds().length;
    }

    @Override
    public int[] tokenise(String text, Embedder.Input input) {
        long[] ids = tokeniser.encode(shape.prefix(input) + text, true, false).getIds();
        return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
    }

    /**
     * The vector of tokenised text.
     *
     * @throws OnnxFault when ONNX Runtime fails
     */
    private float[] embed(int[] tokens) {
        if (tokens.length == 0 || tokens.length > shape.maxTokens()) {
            throw new IllegalArgumentException(tokens.length + " tokens; 1 to " + shape.maxTokens() + " are possible");
        }
        long[] ids = Arrays.stream(tokens).asLongStream().toArray();
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            for (String name : session.getInputNames()) {
                inputs.put(name, OnnxTensor.createTensor(environment, values(name, ids), new long[] {1, ids.length}));
            }
            try (OrtSession.Result result = session.run(inputs)) {
                return vector(((OnnxTensor) result.get(0)).getFloatBuffer(), ids.length);
            }
        } catch (OrtException e) {
            throw new OnnxFault("ONNX Runtime failed on a text of " + ids.length + " tokens", e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() {
        tokeniser.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new OnnxFault("ONNX Runtime failed to close", e);
        }
    }

    private static LongBuffer values(String input, long[] ids) {
        return switch (input) {
            case "input_ids" -> LongBuffer.wrap(ids);
            case "attention_mask" -> filled(ids.length, 1);
            case "token_type_ids" -> filled(ids.length, 0);
            default -> throw new OnnxUnavailable("The model wants an input " + input + ", which is not known.");
        };
    }

    private static LongBuffer filled(int length, long value) {
        long[] values = new long[length];
        Arrays.fill(values, value);
        return LongBuffer.wrap(values);
    }

    private float[] vector(FloatBuffer hidden, int tokens) {
        if (hidden.remaining() != tokens * shape.dimension()) {
            throw new OnnxUnavailable("The model gives " + hidden.remaining() + " values for " + tokens
                    + " tokens, but its manifest says " + shape.dimension() + " a token: correct the dimension.");
        }
        float[] vector = Vectors.requireUsable(pooled(hidden, tokens));
        return shape.normalise() ? Vectors.normalise(vector) : vector;
    }

    private float[] pooled(FloatBuffer hidden, int tokens) {
        int dimension = shape.dimension();
        if (shape.pooling() == Pooling.MEAN) {
            float[] all = new float[tokens * dimension];
            hidden.get(all);
            return Vectors.meanOfRows(all, dimension);
        }
        float[] vector = new float[dimension];
        hidden.get(shape.pooling() == Pooling.CLS ? 0 : (tokens - 1) * dimension, vector);
        return vector;
    }
}
