package org.cartulary.inference.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/** Whether no value satisfies two schemas at once, as far as types, literals and required members tell. */
final class Disjoint {
    private static final int MAX_DEPTH = 8;

    private final Function<String, JsonNode> references;

    Disjoint(Function<String, JsonNode> references) {
        this.references = references;
    }

    boolean areDisjoint(JsonNode left, JsonNode right, int depth) {
        JsonNode one = followed(left);
        JsonNode other = followed(right);
        if (depth > MAX_DEPTH || !(one instanceof ObjectNode first) || !(other instanceof ObjectNode second)) {
            return false;
        }
        return typesDiffer(first, second) || literalsDiffer(first, second) || membersDiffer(first, second, depth);
    }

    private JsonNode followed(JsonNode schema) {
        JsonNode found = schema;
        for (int i = 0; i < MAX_DEPTH && found.has("$ref"); i++) {
            found = references.apply(found.get("$ref").asText());
        }
        return found;
    }

    private static boolean typesDiffer(ObjectNode first, ObjectNode second) {
        if (!first.has("type") || !second.has("type")) {
            return false;
        }
        Set<String> types = new HashSet<>(Schema.names(first.get("type")));
        Set<String> others = Schema.names(second.get("type"));
        boolean numbers = (types.contains("number") && others.contains("integer"))
                || (types.contains("integer") && others.contains("number"));
        types.retainAll(others);
        boolean nullable =
                first.path("nullable").asBoolean() && second.path("nullable").asBoolean();
        return types.isEmpty() && !numbers && !nullable;
    }

    private static boolean literalsDiffer(ObjectNode first, ObjectNode second) {
        Set<JsonNode> literals = literals(first);
        Set<JsonNode> others = literals(second);
        if (literals.isEmpty() || others.isEmpty()) {
            return false;
        }
        literals.retainAll(others);
        return literals.isEmpty();
    }

    private static Set<JsonNode> literals(ObjectNode schema) {
        Set<JsonNode> literals = new HashSet<>();
        schema.path("enum").forEach(literals::add);
        if (schema.has("const")) {
            literals.add(schema.get("const"));
        }
        return literals;
    }

    private boolean membersDiffer(ObjectNode first, ObjectNode second, int depth) {
        if (!isObject(first) || !isObject(second)) {
            return false;
        }
        return lacks(first, second) || lacks(second, first) || commonMemberDiffers(first, second, depth);
    }

    private static boolean isObject(ObjectNode schema) {
        return schema.path("type").asText().equals("object") || schema.has("properties");
    }

    /** One requires a member that the other forbids. */
    private static boolean lacks(ObjectNode one, ObjectNode other) {
        boolean closed = other.path("additionalProperties").isBoolean()
                && !other.path("additionalProperties").asBoolean();
        for (JsonNode name : one.path("required")) {
            if (closed && !other.path("properties").has(name.asText())) {
                return true;
            }
        }
        return false;
    }

    private boolean commonMemberDiffers(ObjectNode first, ObjectNode second, int depth) {
        Set<String> required = new HashSet<>();
        first.path("required").forEach(name -> required.add(name.asText()));
        for (JsonNode name : second.path("required")) {
            boolean both = required.contains(name.asText());
            if (both
                    && areDisjoint(
                            first.path("properties").path(name.asText()),
                            second.path("properties").path(name.asText()),
                            depth + 1)) {
                return true;
            }
        }
        return false;
    }
}
