package org.cartulary.appliance.asking;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cartulary.inference.Generated;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.ReplayRequest;
import org.cartulary.inference.Sampling;
import org.cartulary.inference.TokenTrace;
import org.jspecify.annotations.Nullable;

/**
 * What evidence keeps of a model's work, so that it can be made again: tokens, sampling, build. Numbers that are not
 * whole are text, since canonical JSON has doubles only.
 */
public final class RecordedGeneration {
    /** The field of a terminal entry's payload. */
    public static final String FIELD = "generation";

    private RecordedGeneration() {}

    /** The record, for the payload of the terminal entry. */
    public static Map<String, Object> of(ModelCard model, Sampling sampling, Generated generated) {
        Map<String, Object> record = new TreeMap<>();
        record.put("model", model.sha256());
        record.put("kernel", model.kernel());
        record.put("finish", generated.finish().name());
        record.put("promptTokens", text(generated.trace().prompt()));
        record.put("outputTokens", text(generated.trace().output()));
        record.put("cachedTokens", generated.cachedTokens());
        record.put("sampling", recorded(sampling));
        return record;
    }

    private static Map<String, Object> recorded(Sampling sampling) {
        Map<String, Object> record = new TreeMap<>();
        record.put("temperature", Float.toString(sampling.temperature()));
        record.put("topP", Float.toString(sampling.topP()));
        record.put("minP", Float.toString(sampling.minP()));
        record.put("repeatPenalty", Float.toString(sampling.repeatPenalty()));
        record.put("seed", Long.toString(sampling.seed()));
        String grammar = sampling.grammar();
        if (grammar != null) {
            record.put("grammar", grammar);
        }
        Map<String, Object> biases = new TreeMap<>();
        sampling.logitBias().forEach((token, bias) -> biases.put(token.toString(), bias.toString()));
        record.put("logitBias", biases);
        return record;
    }

    /** The model's hash in a record. */
    public static String model(Map<?, ?> record) {
        return string(record, "model");
    }

    /** What computed the answer of a record. */
    public static String kernel(Map<?, ?> record) {
        return string(record, "kernel");
    }

    /**
     * What is to be made again; empty where the model wrote nothing.
     *
     * @throws IllegalArgumentException when the record lacks a field
     */
    public static Optional<ReplayRequest> replay(Map<?, ?> record, Duration deadline) {
        if (!(record.get("sampling") instanceof Map<?, ?> sampling)) {
            throw new IllegalArgumentException("The record has no sampling");
        }
        TokenTrace trace =
                new TokenTrace(tokens(string(record, "promptTokens")), tokens(string(record, "outputTokens")));
        return trace.output().isEmpty()
                ? Optional.empty()
                : Optional.of(new ReplayRequest(trace, sampling(sampling), deadline));
    }

    private static Sampling sampling(Map<?, ?> record) {
        Map<Integer, Float> biases = new TreeMap<>();
        if (record.get("logitBias") instanceof Map<?, ?> recorded) {
            recorded.forEach(
                    (token, bias) -> biases.put(Integer.valueOf(token.toString()), Float.valueOf(bias.toString())));
        }
        @Nullable Object grammar = record.get("grammar");
        return new Sampling(
                Float.parseFloat(string(record, "temperature")),
                Float.parseFloat(string(record, "topP")),
                Float.parseFloat(string(record, "minP")),
                Float.parseFloat(string(record, "repeatPenalty")),
                Long.parseLong(string(record, "seed")),
                grammar == null ? null : grammar.toString(),
                biases);
    }

    private static String string(Map<?, ?> record, String field) {
        if (record.get(field) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("The record has no field " + field);
    }

    private static String text(List<Integer> tokens) {
        StringJoiner text = new StringJoiner(" ");
        tokens.forEach(token -> text.add(token.toString()));
        return text.toString();
    }

    private static List<Integer> tokens(String text) {
        return Stream.of(text.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .map(Integer::valueOf)
                .toList();
    }
}
