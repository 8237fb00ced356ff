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
import java.util.HashMap;
import java.util.Map;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;

/**
 * A BERT-style embedder with CLS pooling on ONNX Runtime.
 *
 * <p>One text a run, on the calling thread: attention over a shared batch costs more than it saves, and in an int8
 * model a text's vector would depend on its neighbours in the batch. Several threads may call at once. Thread-safe.
 */
public final class OnnxEmbeddingEngine implements AutoCloseable {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final HuggingFaceTokenizer tokeniser;
    private final EmbeddingShape shape;

    private OnnxEmbeddingEngine(
            OrtEnvironment environment, OrtSession session, HuggingFaceTokenizer tokeniser, EmbeddingShape shape) {
        this.environment = environment;
        this.session = session;
        this.tokeniser = tokeniser;
        this.shape = shape;
    }

    /**
     * Loads a model; {@link OnnxLibraries#use} came before.
     *
     * @param tokenizer a Hugging Face {@code tokenizer.json}
     * @throws OnnxUnavailable when one of them cannot be loaded
     */
    public static OnnxEmbeddingEngine load(Path model, Path tokenizer, EmbeddingShape shape) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            OrtSession session = environment.createSession(model.toString(), options);
            // By default this tokeniser cuts long texts in silence.
            HuggingFaceTokenizer tokeniser =
                    HuggingFaceTokenizer.newInstance(tokenizer, Map.of("truncation", "false", "padding", "false"));
            return new OnnxEmbeddingEngine(environment, session, tokeniser, shape);
        } catch (OrtException | IOException | RuntimeException e) {
            throw new OnnxUnavailable("ONNX Runtime cannot load the model " + model + ": " + e.getMessage(), e);
        }
    }

    /** Engine and version, for example {@code ONNX Runtime 1.28.0 (CPU)}. */
    public String kernel() {
        return "ONNX Runtime " + environment.getVersion() + " (CPU)";
    }

    /** Tokens of a text, without special ones and prefix. */
    public int countTokens(String text) {
        return tokeniser.encode(text, false, false).getIds().length;
    }

    /**
     * Token ids as the model reads them.
     *
     * @param index of the text in its request, for the refusal
     * @throws InferenceRefused when there are more than the model takes
     */
    public long[] tokenise(int index, String text, Embedder.Input input) {
        String prefix = input == Embedder.Input.QUERY ? shape.queryPrefix() : shape.passagePrefix();
        long[] ids = tokeniser.encode(prefix + text, true, false).getIds();
        if (ids.length > shape.maxTokens()) {
            throw new InferenceRefused(new Refusal.TextTooLong(index, ids.length, shape.maxTokens()));
        }
        return ids;
    }

    /**
     * The vector of tokenised text.
     *
     * @throws OnnxFault when ONNX Runtime fails
     */
    public float[] embed(long[] ids) {
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            for (String name : session.getInputNames()) {
                inputs.put(name, OnnxTensor.createTensor(environment, values(name, ids), new long[] {1, ids.length}));
            }
            try (OrtSession.Result result = session.run(inputs)) {
                return pooled(((OnnxTensor) result.get(0)).getFloatBuffer());
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
        java.util.Arrays.fill(values, value);
        return LongBuffer.wrap(values);
    }

    /** The first token's vector stands for the text: CLS pooling. */
    private float[] pooled(FloatBuffer hidden) {
        float[] vector = new float[shape.dimension()];
        hidden.get(vector);
        if (shape.normalise()) {
            normalise(vector);
        }
        return vector;
    }

    private static void normalise(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        double length = Math.sqrt(squares);
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / length);
        }
    }
}
