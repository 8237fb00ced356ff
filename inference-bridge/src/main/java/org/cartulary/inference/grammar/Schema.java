package org.cartulary.inference.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.cartulary.inference.grammar.SchemaRefused.Unsatisfiable;

/** What schemas are made of, and how two become one that says both. */
final class Schema {
    static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Keywords that say nothing of a value. */
    static final Set<String> ANNOTATIONS = Set.of(
            "title",
            "description",
            "default",
            "examples",
            "example",
            "$schema",
            "$id",
            "$comment",
            "$anchor",
            "$defs",
            "definitions",
            "deprecated",
            "readOnly",
            "writeOnly",
            "discriminator");

    /** Keywords that we honour. */
    static final Set<String> KNOWN = Set.of(
            "type",
            "properties",
            "required",
            "additionalProperties",
            "enum",
            "const",
            "oneOf",
            "anyOf",
            "allOf",
            "$ref",
            "items",
            "prefixItems",
            "additionalItems",
            "minItems",
            "maxItems",
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "format",
            "pattern",
            "nullable");

    /** Keywords that are not joined one by one, because what one side says of a value depends on several of them. */
    private static final Set<String> JOINED_TOGETHER =
            Set.of("properties", "additionalProperties", "items", "prefixItems", "additionalItems");

    private static final int MAX_COMBINATIONS = 64;

    private Schema() {}

    /**
     * A schema that says what both say.
     *
     * @param effort pays for it
     */
    static ObjectNode merged(JsonNode left, JsonNode right, String pointer, SchemaEffort effort) {
        requireSchema(left, pointer);
        requireSchema(right, pointer);
        effort.walk(left);
        effort.walk(right);
        if (left.isBoolean() || right.isBoolean()) {
            JsonNode flag = left.isBoolean() ? left : right;
            JsonNode other = left.isBoolean() ? right : left;
            if (!flag.asBoolean() || other.equals(JSON.booleanNode(false))) {
                throw new Unsatisfiable(pointer, "nothing is allowed");
            }
            return other.isBoolean() ? JSON.objectNode() : ((ObjectNode) other).deepCopy();
        }
        return objects((ObjectNode) left, (ObjectNode) right, pointer);
    }

    private static void requireSchema(JsonNode schema, String pointer) {
        if (!schema.isObject() && !schema.isBoolean()) {
            throw SchemaRefused.malformed(pointer, "a schema is an object or a boolean");
        }
    }

    private static ObjectNode objects(ObjectNode left, ObjectNode right, String pointer) {
        ObjectNode both = withNull(left);
        ObjectNode other = withNull(right);
        properties(both, other);
        ArrayPlaces.join(both, other, pointer);
        for (Map.Entry<String, JsonNode> entry : other.properties()) {
            String keyword = entry.getKey();
            JsonNode mine = both.get(keyword);
            if (JOINED_TOGETHER.contains(keyword) || ANNOTATIONS.contains(keyword) || keyword.startsWith("x-")) {
                continue;
            }
            both.set(keyword, mine == null ? entry.getValue() : joined(keyword, mine, entry.getValue(), pointer));
        }
        return both;
    }

    /** A copy in which null stands among the types, so that it is no longer allowed where the other side forbids it. */
    private static ObjectNode withNull(ObjectNode schema) {
        ObjectNode copy = schema.deepCopy();
        if (schema.has("type") && schema.path("nullable").asBoolean()) {
            ArrayNode types = JSON.arrayNode();
            names(schema.get("type")).forEach(types::add);
            copy.set("type", types.add("null"));
            copy.remove("nullable");
        }
        return copy;
    }

    private static JsonNode joined(String keyword, JsonNode mine, JsonNode other, String pointer) {
        if (mine.equals(other)) {
            return mine;
        }
        return switch (keyword) {
            case "type" -> types(mine, other, pointer);
            case "required", "allOf" -> together(mine, other);
            case "enum" -> common(mine, other);
            case "anyOf", "oneOf" -> product(keyword, mine, other, pointer);
            case "minItems", "minLength", "minimum", "exclusiveMinimum" -> bound(mine, other, false);
            case "maxItems", "maxLength", "maximum", "exclusiveMaximum" -> bound(mine, other, true);
            case "nullable" -> JSON.booleanNode(mine.asBoolean() && other.asBoolean());
            case "const" -> throw new Unsatisfiable(pointer, "two values are prescribed at once");
            default ->
                throw SchemaRefused.unsupported(pointer, keyword, "two schemas that must both hold say it differently");
        };
    }

    /** Members that only one side names are under what the other says of additional ones. */
    private static void properties(ObjectNode both, ObjectNode right) {
        if (!both.has("properties") && !right.has("properties") && !both.has("additionalProperties")) {
            if (right.has("additionalProperties")) {
                both.set("additionalProperties", right.get("additionalProperties"));
            }
            return;
        }
        ObjectNode merged = JSON.objectNode();
        Set<String> names = new LinkedHashSet<>();
        both.path("properties").fieldNames().forEachRemaining(names::add);
        right.path("properties").fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            merged.set(name, both(member(both, name), member(right, name)));
        }
        if (!names.isEmpty()) {
            both.set("properties", merged);
        }
        if (both.has("additionalProperties") || right.has("additionalProperties")) {
            both.set("additionalProperties", both(additional(both), additional(right)));
        }
    }

    private static JsonNode member(ObjectNode schema, String name) {
        JsonNode own = schema.path("properties").get(name);
        return own == null ? additional(schema) : own;
    }

    private static JsonNode additional(ObjectNode schema) {
        JsonNode additional = schema.get("additionalProperties");
        return additional == null ? JSON.booleanNode(true) : additional;
    }

    /** A schema of what satisfies both. */
    static JsonNode both(JsonNode left, JsonNode right) {
        if (left.equals(right) || right.equals(JSON.booleanNode(true))) {
            return left;
        }
        if (left.equals(JSON.booleanNode(true))) {
            return right;
        }
        return JSON.objectNode().set("allOf", JSON.arrayNode().add(left).add(right));
    }

    private static JsonNode types(JsonNode mine, JsonNode other, String pointer) {
        Set<String> theirs = names(other);
        ArrayNode kept = JSON.arrayNode();
        for (String type : names(mine)) {
            boolean narrower = type.equals("integer") && theirs.contains("number");
            if (theirs.contains(type) || narrower) {
                kept.add(type);
            } else if (type.equals("number") && theirs.contains("integer")) {
                kept.add("integer");
            }
        }
        if (kept.isEmpty()) {
            throw new Unsatisfiable(pointer, "no value has both types, " + mine + " and " + other);
        }
        return kept;
    }

    static Set<String> names(JsonNode type) {
        Set<String> names = new LinkedHashSet<>();
        if (type.isTextual()) {
            names.add(type.asText());
        }
        type.forEach(one -> names.add(one.asText()));
        return names;
    }

    private static JsonNode together(JsonNode mine, JsonNode other) {
        ArrayNode all = JSON.arrayNode();
        Set<JsonNode> seen = new LinkedHashSet<>();
        mine.forEach(seen::add);
        other.forEach(seen::add);
        seen.forEach(all::add);
        return all;
    }

    private static JsonNode common(JsonNode mine, JsonNode other) {
        ArrayNode all = JSON.arrayNode();
        Set<JsonNode> theirs = new HashSet<>();
        other.forEach(theirs::add);
        mine.forEach(value -> {
            if (theirs.contains(value)) {
                all.add(value);
            }
        });
        return all;
    }

    private static JsonNode product(String keyword, JsonNode mine, JsonNode other, String pointer) {
        if (keyword.equals("oneOf") || mine.size() * other.size() > MAX_COMBINATIONS) {
            throw SchemaRefused.unsupported(pointer, keyword, "several lists of alternatives meet here");
        }
        ArrayNode all = JSON.arrayNode();
        for (JsonNode left : mine) {
            for (JsonNode right : other) {
                all.add(both(left, right));
            }
        }
        return all;
    }

    private static JsonNode bound(JsonNode mine, JsonNode other, boolean lower) {
        return (mine.decimalValue().compareTo(other.decimalValue()) < 0) == lower ? mine : other;
    }
}
