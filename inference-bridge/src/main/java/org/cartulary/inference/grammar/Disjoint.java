package org.cartulary.inference.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Whether no value satisfies two schemas at once, as far as types, literals and required members tell. */
final class Disjoint {
    private static final int MAX_DEPTH = 8;
    private static final List<String> PARTS = List.of("allOf", "anyOf", "oneOf");

    private final Function<String, JsonNode> references;
    private final SchemaEffort effort;

    /** @param effort pays for each pair that is looked at */
    Disjoint(Function<String, JsonNode> references, SchemaEffort effort) {
        this.references = references;
        this.effort = effort;
    }

    boolean areDisjoint(JsonNode left, JsonNode right, int depth) {
        JsonNode one = followed(left);
        JsonNode other = followed(right);
        if (depth > MAX_DEPTH || !(one instanceof ObjectNode first) || !(other instanceof ObjectNode second)) {
            return false;
        }
        pay(first);
        pay(second);
        return typesDiffer(first, second) || literalsDiffer(first, second) || membersDiffer(first, second, depth);
    }

    private void pay(ObjectNode schema) {
        effort.spend(schema.size());
        for (String keyword : List.of("type", "enum", "required")) {
            effort.walk(schema.path(keyword));
        }
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
        Set<String> types = allowed(first);
        Set<String> others = allowed(second);
        boolean numbers = (types.contains("number") && others.contains("integer"))
                || (types.contains("integer") && others.contains("number"));
        types.retainAll(others);
        return types.isEmpty() && !numbers;
    }

    /** Types that it names or implies, null among them where {@code nullable} says so. */
    private static Set<String> allowed(ObjectNode schema) {
        Set<String> types = new HashSet<>(SchemaRules.types(schema));
        if (schema.path("nullable").asBoolean()) {
            types.add("null");
        }
        return types;
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
        schema.path("enum").forEach(literal -> literals.add(plain(literal)));
        if (schema.has("const")) {
            literals.add(plain(schema.get("const")));
        }
        return literals;
    }

    /** 1 and 1.0 are one value. */
    private static JsonNode plain(JsonNode literal) {
        return literal.isNumber()
                ? Schema.JSON.numberNode(literal.decimalValue().stripTrailingZeros())
                : literal;
    }

    private boolean membersDiffer(ObjectNode first, ObjectNode second, int depth) {
        if (!isObject(first) || !isObject(second)) {
            return false;
        }
        return lacks(first, second) || lacks(second, first) || commonMemberDiffers(first, second, depth);
    }

    /**
     * What also allows null, or anything else without members, is not kept apart by them. Where no type is named, parts
     * that must hold too may imply another.
     */
    private static boolean isObject(ObjectNode schema) {
        boolean certain = schema.has("type") || PARTS.stream().noneMatch(schema::has);
        return certain && allowed(schema).equals(Set.of("object"));
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
