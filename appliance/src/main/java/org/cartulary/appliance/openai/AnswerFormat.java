package org.cartulary.appliance.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.grammar.JsonSchemaGrammar;
import org.jspecify.annotations.Nullable;

/** The form that an answer must have, as a GBNF grammar: from {@code response_format}, or the caller's own. */
final class AnswerFormat {
    private static final String FORMAT = "response_format";
    private static final String GRAMMAR = "grammar";
    private static final ObjectMapper JSON = new ObjectMapper();

    private AnswerFormat() {}

    /** The grammar that the answer must follow, or null where it is free. */
    static @Nullable String parse(Parameters parameters) {
        String grammar = parameters.has(GRAMMAR) ? parameters.text(GRAMMAR) : null;
        String format = format(parameters.any(FORMAT));
        if (grammar != null && format != null) {
            throw Parameters.refused(GRAMMAR, "grammar and response_format cannot both be given.");
        }
        return grammar == null ? format : grammar;
    }

    private static @Nullable String format(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (!(value instanceof Map<?, ?> format) || !(format.get("type") instanceof String type)) {
            throw Parameters.refused(FORMAT, "response_format must be an object with a type.");
        }
        return switch (type) {
            case "text" -> null;
            case "json_object" -> JsonSchemaGrammar.anyObject();
            case "json_schema" -> grammar(schema(format.get("json_schema")));
            default ->
                throw Parameters.refused(
                        FORMAT,
                        "response_format has the type \"" + type + "\", but text, json_object and json_schema exist.");
        };
    }

    private static Map<?, ?> schema(@Nullable Object described) {
        if (described instanceof Map<?, ?> fields && fields.get("schema") instanceof Map<?, ?> schema) {
            return schema;
        }
        throw Parameters.refused(FORMAT, "response_format of type json_schema needs json_schema.schema, an object.");
    }

    private static String grammar(Map<?, ?> schema) {
        try {
            return JsonSchemaGrammar.of(JSON.<JsonNode>valueToTree(schema));
        } catch (InferenceRefused e) {
            throw Parameters.refused(FORMAT, e.getMessage() == null ? "The schema is not usable." : e.getMessage());
        }
    }
}
