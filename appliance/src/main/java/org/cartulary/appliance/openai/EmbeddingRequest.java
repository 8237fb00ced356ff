package org.cartulary.appliance.openai;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cartulary.inference.Embedder;
import org.jspecify.annotations.Nullable;

/**
 * Texts to embed, as OpenAI's clients ask for it.
 *
 * @param texts 1 to 256, none empty
 * @param base64 whether vectors come as base64 of little-endian float32 instead of numbers
 * @param dimensions the length that the caller expects, 0 where he does not say
 * @param input what the texts are: models may prefix queries and passages differently
 */
record EmbeddingRequest(String model, List<String> texts, boolean base64, int dimensions, Embedder.Input input) {
    static final int MOST_TEXTS = 256;
    private static final String INPUT = "input";
    private static final Set<String> KNOWN = Set.of("model", INPUT, "encoding_format", "dimensions", "input_type");

    static EmbeddingRequest parse(Map<String, Object> body) {
        Parameters parameters = new Parameters(body);
        parameters.requireKnown(KNOWN);
        return new EmbeddingRequest(
                parameters.text("model"),
                texts(parameters.any(INPUT)),
                base64(parameters),
                (int) parameters.integer("dimensions", 0, 1, 1 << 20),
                type(parameters));
    }

    private static List<String> texts(@Nullable Object value) {
        if (value instanceof String one) {
            return List.of(text(one));
        }
        if (!(value instanceof List<?> many) || many.isEmpty() || many.size() > MOST_TEXTS) {
            throw Parameters.refused(
                    INPUT,
                    "input must be a text or a list of 1 to " + MOST_TEXTS + " texts"
                            + (value instanceof List<?> list ? ", but has " + list.size() + "." : "."));
        }
        return many.stream().map(EmbeddingRequest::text).toList();
    }

    private static String text(@Nullable Object item) {
        if (item instanceof Number || item instanceof List<?>) {
            throw Parameters.refused(INPUT, "input has tokens, but this model's tokens are its own: send texts.");
        }
        if (item instanceof String text && !text.isBlank()) {
            return Parameters.sound(INPUT, text);
        }
        throw Parameters.refused(INPUT, "Each text of input must be a text that is not empty.");
    }

    private static boolean base64(Parameters parameters) {
        String format = parameters.has("encoding_format") ? parameters.text("encoding_format") : "float";
        return switch (format) {
            case "float" -> false;
            case "base64" -> true;
            default ->
                throw Parameters.refused(
                        "encoding_format", "encoding_format is \"" + format + "\", but float and base64 exist.");
        };
    }

    private static Embedder.Input type(Parameters parameters) {
        String type = parameters.has("input_type") ? parameters.text("input_type") : "passage";
        return switch (type) {
            case "query" -> Embedder.Input.QUERY;
            case "passage" -> Embedder.Input.PASSAGE;
            default ->
                throw Parameters.refused("input_type", "input_type is \"" + type + "\", but query and passage exist.");
        };
    }
}
