package org.cartulary.inference.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cartulary.inference.grammar.SchemaRefused.Unsatisfiable;
import org.cartulary.inference.grammar.Symbol.*;
import org.jspecify.annotations.Nullable;

/** Turns schemas into rules, one after the other. One thread. */
final class SchemaRules {
    /** Most repetitions of one thing, each of which may be a rule of its own. */
    static final int MAX_REPETITIONS = 2_000;

    /** Deepest nesting of schemas in each other. */
    static final int MAX_DEPTH = 64;

    private static final List<String> TYPES =
            List.of("object", "array", "string", "number", "integer", "boolean", "null");

    private final RuleSet rules;
    private final JsonNode document;
    private final Primitives json;
    private final ScalarRules scalars;
    private final ContainerRules containers;
    private final Map<String, String> references = new HashMap<>();
    private final SchemaEffort effort = new SchemaEffort();
    private int depth;

    SchemaRules(RuleSet rules, JsonNode document) {
        this.rules = rules;
        this.document = document;
        this.json = new Primitives(rules);
        this.scalars = new ScalarRules(rules, json);
        this.containers = new ContainerRules(rules, json, this);
    }

    String grammar() {
        references.put("#", RuleSet.ROOT);
        Symbol root = visit(document, "");
        // A schema that refers to itself as a whole came back by this name.
        rules.define(RuleSet.ROOT, root);
        Set<String> endless = rules.endless();
        if (endless.contains(RuleSet.ROOT)) {
            throw new Unsatisfiable("", "each value would have to hold another of its kind without end");
        }
        rules.prune(endless);
        if (rules.isLeftRecursive()) {
            throw new Unsatisfiable("", "a schema refers to itself without a step inwards");
        }
        return rules.text();
    }

    /** What a schema allows. */
    Symbol visit(JsonNode schema, String pointer) {
        effort.visit();
        if (++depth > MAX_DEPTH) {
            throw SchemaRefused.tooLarge("it nests deeper than " + MAX_DEPTH + ", at " + pointer);
        }
        try {
            return visited(schema, pointer);
        } finally {
            depth--;
        }
    }

    private Symbol visited(JsonNode schema, String pointer) {
        if (schema.isBoolean()) {
            if (!schema.asBoolean()) {
                throw new Unsatisfiable(pointer, "nothing is allowed");
            }
            return json.value();
        }
        if (!(schema instanceof ObjectNode object)) {
            throw SchemaRefused.malformed(pointer, "a schema is an object or a boolean");
        }
        requireKnown(object, pointer);
        effort.walk(object);
        ObjectNode said = object.deepCopy();
        said.remove(Schema.ANNOTATIONS);
        if (said.size() == 1 && said.has("$ref")) {
            return reference(said.get("$ref"), pointer);
        }
        ObjectNode whole = flattened(said, pointer);
        requireKnown(whole, pointer);
        return combined(whole, pointer);
    }

    private static void requireKnown(ObjectNode schema, String pointer) {
        schema.fieldNames().forEachRemaining(keyword -> {
            boolean trivial =
                    (keyword.equals("uniqueItems") && !schema.get(keyword).asBoolean())
                            || (keyword.startsWith("min") && schema.get(keyword).asInt(1) == 0);
            if (!Schema.KNOWN.contains(keyword)
                    && !Schema.ANNOTATIONS.contains(keyword)
                    && !trivial
                    && !keyword.startsWith("x-")) {
                throw SchemaRefused.unsupported(pointer, keyword, "it is not known here");
            }
        });
    }

    private Symbol reference(JsonNode target, String pointer) {
        String name = target.asText();
        String known = references.get(name);
        if (known != null) {
            return new Reference(known);
        }
        String rule = rules.reserve();
        references.put(name, rule);
        // Until it is made it stands for nothing at all, so that an alternative that fails leaves no dangling name.
        rules.define(rule, new Choice(List.of()));
        return rules.define(rule, visit(resolved(name, pointer), name.substring(1)));
    }

    private JsonNode resolved(String name, String pointer) {
        if (!name.equals("#") && !name.startsWith("#/")) {
            throw SchemaRefused.unsupported(
                    pointer, "$ref", "only references within the schema, by #/..., are followed");
        }
        JsonNode found = document.at(name.substring(1).replace("%25", "%").replace("%20", " "));
        if (found.isMissingNode()) {
            throw SchemaRefused.malformed(pointer, "\"$ref\" points to " + name + ", which does not exist");
        }
        return found;
    }

    /** References beside other keywords and everything in {@code allOf} become one schema. */
    private ObjectNode flattened(ObjectNode said, String pointer) {
        ObjectNode whole = said;
        for (int round = 0; whole.has("$ref") || whole.has("allOf"); round++) {
            if (round > MAX_DEPTH) {
                throw new Unsatisfiable(pointer, "a schema refers to itself without a step inwards");
            }
            List<JsonNode> parts = new ArrayList<>();
            if (whole.has("$ref")) {
                parts.add(resolved(whole.remove("$ref").asText(), pointer));
            }
            if (whole.has("allOf")) {
                array(whole, "allOf", pointer).forEach(parts::add);
                whole.remove("allOf");
            }
            for (JsonNode part : parts) {
                whole = Schema.merged(whole, part, pointer, effort);
                whole.remove(Schema.ANNOTATIONS);
            }
        }
        return whole;
    }

    private Symbol combined(ObjectNode schema, String pointer) {
        for (String keyword : List.of("anyOf", "oneOf")) {
            if (schema.has(keyword)) {
                ArrayNode options = array(schema, keyword, pointer);
                schema.remove(keyword);
                return alternatives(schema, options, keyword, pointer);
            }
        }
        Set<String> types = types(schema);
        if (schema.path("nullable").asBoolean() && !types.isEmpty()) {
            ArrayNode withNull = schema.arrayNode();
            types.forEach(withNull::add);
            schema.set("type", withNull.add("null"));
        }
        schema.remove("nullable");
        if (schema.has("enum") || schema.has("const")) {
            return scalars.literals(schema, pointer);
        }
        return typed(schema, pointer);
    }

    /** Types that a schema names or, where it names none, that its keywords imply. */
    static Set<String> types(ObjectNode schema) {
        return schema.has("type") ? Schema.names(schema.get("type")) : implied(schema);
    }

    private Symbol alternatives(ObjectNode common, ArrayNode options, String keyword, String pointer) {
        List<ObjectNode> schemas = new ArrayList<>();
        List<Symbol> symbols = new ArrayList<>();
        Unsatisfiable last = new Unsatisfiable(pointer, "\"" + keyword + "\" has no alternatives");
        for (int i = 0; i < options.size(); i++) {
            String place = pointer + "/" + keyword + "/" + i;
            JsonNode option = options.get(i);
            try {
                JsonNode whole = common.isEmpty() ? option : Schema.merged(common, option, place, effort);
                Symbol symbol = visit(whole, place);
                schemas.add(
                        keyword.equals("oneOf")
                                ? flattened(Schema.merged(whole, Schema.JSON.objectNode(), place, effort), place)
                                : common);
                symbols.add(rules.named(symbol));
            } catch (Unsatisfiable reason) {
                last = reason;
            }
        }
        if (symbols.isEmpty()) {
            throw last;
        }
        if (keyword.equals("oneOf")) {
            requireDisjoint(schemas, pointer);
        }
        return Symbol.choice(symbols);
    }

    private void requireDisjoint(List<ObjectNode> schemas, String pointer) {
        Disjoint disjoint = new Disjoint(this::resolvedQuietly, effort);
        for (int i = 0; i < schemas.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (!disjoint.areDisjoint(schemas.get(i), schemas.get(j), 0)) {
                    throw SchemaRefused.unsupported(
                            pointer,
                            "oneOf",
                            "two of its alternatives may hold at once; use \"anyOf\" if either will do");
                }
            }
        }
    }

    private JsonNode resolvedQuietly(String name) {
        return name.equals("#") || name.startsWith("#/") ? document.at(name.substring(1)) : Schema.JSON.missingNode();
    }

    private Symbol typed(ObjectNode schema, String pointer) {
        Set<String> types = types(schema);
        if (types.isEmpty()) {
            return json.value();
        }
        List<Symbol> options = new ArrayList<>();
        Unsatisfiable last = new Unsatisfiable(pointer, "no type is allowed");
        for (String type : types) {
            try {
                options.add(one(type, schema, pointer));
            } catch (Unsatisfiable reason) {
                last = reason;
            }
        }
        if (options.isEmpty()) {
            throw last;
        }
        return Symbol.choice(options);
    }

    private static Set<String> implied(ObjectNode schema) {
        Set<String> types = new LinkedHashSet<>();
        schema.fieldNames().forEachRemaining(keyword -> {
            switch (keyword) {
                case "properties", "required", "additionalProperties" -> types.add("object");
                case "items", "prefixItems", "additionalItems", "minItems", "maxItems" -> types.add("array");
                case "minLength", "maxLength", "pattern", "format" -> types.add("string");
                case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum" -> types.add("number");
                default -> {
                    // Of no type in particular.
                }
            }
        });
        return types;
    }

    private Symbol one(String type, ObjectNode schema, String pointer) {
        return switch (type) {
            case "object" -> containers.object(schema, pointer);
            case "array" -> containers.array(schema, pointer);
            case "string" -> scalars.string(schema, pointer);
            case "number" -> scalars.number(schema, pointer);
            case "integer" -> scalars.integer(schema, pointer);
            case "boolean" -> json.bool();
            case "null" -> json.nothing();
            default -> throw SchemaRefused.malformed(pointer, "there is no type \"" + type + "\"; there are " + TYPES);
        };
    }

    static ArrayNode array(ObjectNode schema, String keyword, String pointer) {
        if (schema.get(keyword) instanceof ArrayNode array) {
            return array;
        }
        throw SchemaRefused.malformed(pointer, "\"" + keyword + "\" must be a list");
    }

    /** A count that bounds a repetition. */
    static int count(ObjectNode schema, String keyword, int otherwise, String pointer) {
        JsonNode count = schema.get(keyword);
        if (count == null) {
            return otherwise;
        }
        if (!count.canConvertToExactIntegral() || count.decimalValue().signum() < 0) {
            throw SchemaRefused.malformed(pointer, "\"" + keyword + "\" must be a whole number, not negative");
        }
        if (count.decimalValue().intValue() > MAX_REPETITIONS || !count.canConvertToInt()) {
            throw SchemaRefused.unsupported(pointer, keyword, "at most " + MAX_REPETITIONS + " is possible");
        }
        return count.intValue();
    }

    static @Nullable Integer limit(ObjectNode schema, String keyword, String pointer) {
        return schema.has(keyword) ? (Integer) count(schema, keyword, 0, pointer) : null;
    }
}
