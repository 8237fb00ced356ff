package org.cartulary.inference.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cartulary.inference.grammar.SchemaRefused.Unsatisfiable;
import org.cartulary.inference.grammar.Symbol.*;
import org.jspecify.annotations.Nullable;

/** Rules of strings, numbers and fixed values. */
final class ScalarRules {
    private static final Set<String> BESIDE_LITERALS = Set.of("enum", "const", "type");

    private final RuleSet rules;
    private final Primitives json;
    private final Formats formats;

    ScalarRules(RuleSet rules, Primitives json) {
        this.rules = rules;
        this.json = json;
        this.formats = new Formats(json);
    }

    /** The values of {@code enum} and {@code const} that have an allowed type. */
    Symbol literals(ObjectNode schema, String pointer) {
        schema.fieldNames().forEachRemaining(keyword -> {
            if (!BESIDE_LITERALS.contains(keyword)) {
                throw SchemaRefused.unsupported(
                        pointer, keyword, "it stands beside fixed values; leave out those that do not fit");
            }
        });
        List<JsonNode> values = new ArrayList<>();
        if (schema.has("enum")) {
            SchemaRules.array(schema, "enum", pointer).forEach(values::add);
        } else {
            values.add(schema.get("const"));
        }
        List<Symbol> options = new ArrayList<>();
        for (JsonNode value : values) {
            boolean wanted = !schema.has("const") || schema.get("const").equals(value);
            if (wanted && hasType(value, schema)) {
                options.add(new Literal(value.toString()));
            }
        }
        if (options.isEmpty()) {
            throw new Unsatisfiable(pointer, "no value is left of those that are allowed");
        }
        return Symbol.choice(options);
    }

    private static boolean hasType(JsonNode value, ObjectNode schema) {
        if (!schema.has("type")) {
            return true;
        }
        Set<String> types = Schema.names(schema.get("type"));
        return switch (value.getNodeType()) {
            case OBJECT -> types.contains("object");
            case ARRAY -> types.contains("array");
            case STRING -> types.contains("string");
            case BOOLEAN -> types.contains("boolean");
            case NULL -> types.contains("null");
            default -> types.contains("number") || (types.contains("integer") && value.canConvertToExactIntegral());
        };
    }

    Symbol string(ObjectNode schema, String pointer) {
        boolean bounded = schema.has("minLength") || schema.has("maxLength");
        if (schema.has("pattern")) {
            String beside = bounded ? "minLength or maxLength" : schema.has("format") ? "format" : "";
            if (!beside.isEmpty()) {
                throw SchemaRefused.unsupported(
                        pointer, "pattern", "it stands beside " + beside + "; say it in the pattern");
            }
            Symbol pattern =
                    PatternParser.parse(rules, pointer, schema.get("pattern").asText());
            return rules.named(json.quoted(rules.named(pattern)));
        }
        if (schema.has("format")) {
            return formatted(schema, bounded, pointer);
        }
        return bounded ? sized(schema, pointer) : json.string();
    }

    private Symbol formatted(ObjectNode schema, boolean bounded, String pointer) {
        String format = schema.get("format").asText();
        if (bounded || !Formats.KNOWN.contains(format)) {
            throw SchemaRefused.unsupported(
                    pointer,
                    "format",
                    bounded
                            ? "it stands beside minLength or maxLength"
                            : "\"" + format + "\" is none of " + Formats.KNOWN);
        }
        return rules.named(json.quoted(formats.of(format)));
    }

    private Symbol sized(ObjectNode schema, String pointer) {
        int least = SchemaRules.count(schema, "minLength", 0, pointer);
        Integer most = SchemaRules.limit(schema, "maxLength", pointer);
        if (most != null && most < least) {
            throw new Unsatisfiable(pointer, "minLength " + least + " is above maxLength " + most);
        }
        Symbol characters = most != null && most == 0 ? Symbol.NOTHING : new Repeat(json.character(), least, most);
        return rules.named(json.quoted(characters));
    }

    Symbol integer(ObjectNode schema, String pointer) {
        Long least = integerBound(schema, "minimum", "exclusiveMinimum", true, pointer);
        Long most = integerBound(schema, "maximum", "exclusiveMaximum", false, pointer);
        if (least == null && most == null) {
            return json.integer();
        }
        requireOrder(least, most, pointer);
        return rules.named(NumberRange.integers(least, most));
    }

    Symbol number(ObjectNode schema, String pointer) {
        for (String keyword : List.of("exclusiveMinimum", "exclusiveMaximum")) {
            if (schema.has(keyword)) {
                throw SchemaRefused.unsupported(
                        pointer, keyword, "for numbers with decimals there are minimum and maximum only");
            }
        }
        Long least = wholeBound(schema, "minimum", pointer);
        Long most = wholeBound(schema, "maximum", pointer);
        if (least == null && most == null) {
            return json.number();
        }
        requireOrder(least, most, pointer);
        return rules.named(NumberRange.decimals(least, most, json.fraction()));
    }

    private static void requireOrder(@Nullable Long least, @Nullable Long most, String pointer) {
        if (least != null && most != null && least > most) {
            throw new Unsatisfiable(pointer, "no number is at least " + least + " and at most " + most);
        }
    }

    private static @Nullable Long wholeBound(ObjectNode schema, String keyword, String pointer) {
        BigDecimal bound = bound(schema, keyword, pointer);
        if (bound != null && bound.stripTrailingZeros().scale() > 0) {
            throw SchemaRefused.unsupported(
                    pointer, keyword, "for numbers with decimals the bound must be a whole number");
        }
        return bound == null ? null : bound.longValueExact();
    }

    private static @Nullable Long integerBound(
            ObjectNode schema, String inclusive, String exclusive, boolean lower, String pointer) {
        BigDecimal closed = bound(schema, inclusive, pointer);
        BigDecimal open = bound(schema, exclusive, pointer);
        java.math.RoundingMode inwards = lower ? java.math.RoundingMode.CEILING : java.math.RoundingMode.FLOOR;
        Long fromClosed =
                closed == null ? null : (Long) closed.setScale(0, inwards).longValueExact();
        if (open == null) {
            return fromClosed;
        }
        BigDecimal rounded = open.setScale(0, inwards);
        long step = rounded.compareTo(open) != 0 ? 0 : lower ? 1 : -1;
        long fromOpen = rounded.longValueExact() + step;
        if (fromClosed == null) {
            return fromOpen;
        }
        return lower ? Math.max(fromClosed, fromOpen) : Math.min(fromClosed, fromOpen);
    }

    private static @Nullable BigDecimal bound(ObjectNode schema, String keyword, String pointer) {
        JsonNode bound = schema.get(keyword);
        if (bound == null) {
            return null;
        }
        if (!bound.isNumber()) {
            throw SchemaRefused.malformed(pointer, "\"" + keyword + "\" must be a number");
        }
        BigDecimal value = bound.decimalValue();
        if (value.abs().compareTo(BigDecimal.valueOf(NumberRange.MAX_BOUND)) > 0) {
            throw SchemaRefused.unsupported(pointer, keyword, "bounds have at most fifteen digits");
        }
        return value;
    }
}
