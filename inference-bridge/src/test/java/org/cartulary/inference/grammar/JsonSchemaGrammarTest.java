package org.cartulary.inference.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which schemas are refused, and in what words. What the grammars let through: {@code SchemaGrammarWalkTest}. */
final class JsonSchemaGrammarTest {
    @ParameterizedTest
    @CsvSource(delimiterString = " | ", quoteCharacter = '`', textBlock = """
                    {"not": {}} | "not" at its root
                    {"properties": {"a": {"type": "integer", "multipleOf": 3}}} | "multipleOf" at /properties/a
                    {"type": "array", "uniqueItems": true} | "uniqueItems" at its root
                    {"type": "array", "contains": {}} | "contains"
                    {"patternProperties": {"^a": {}}} | "patternProperties"
                    {"properties": {"a/b": {"items": {"dependentRequired": {}}}}} | "dependentRequired" at /properties/a~1b/items
                    {"if": {}, "then": {}} | "if"
                    {"type": "string", "format": "email"} | "format" at its root cannot be honoured: "email" is none of [date, time, date-time, uuid]
                    {"type": "string", "pattern": "abc"} | must begin with ^ and end with $
                    {"type": "string", "pattern": "^a|b$"} | put alternatives between parentheses
                    {"type": "string", "pattern": "^(?=a)b$"} | looks around
                    {"type": "string", "pattern": "^(a)\\\\1$"} | the escape \\1 is not known
                    {"type": "string", "pattern": "^a{1,9999}$"} | at most 2000
                    {"type": "string", "pattern": "^a$", "minLength": 1} | "pattern"
                    {"type": "string", "maxLength": 2001} | "maxLength" at its root cannot be honoured: at most 2000
                    {"type": "array", "minItems": 99999999999} | "minItems"
                    {"type": "number", "minimum": 0.5} | "minimum"
                    {"type": "number", "exclusiveMinimum": 0} | "exclusiveMinimum"
                    {"type": "integer", "minimum": 1e30} | "minimum"
                    {"$ref": "https://example.org/x"} | "$ref"
                    {"$ref": "#/$defs/missing"} | which does not exist
                    {"oneOf": [{"type": "integer"}, {"type": "number"}]} | two of its alternatives may hold at once
                    {"type": "thing"} | no type "thing"
                    {"enum": 5} | "enum" must be a list
                    {"properties": []} | "properties" must be an object
                    {"enum": ["a"], "maxLength": 3} | "maxLength"
                    [] | a schema is an object or a boolean
                    {"type": "object", "anyOf": [5]} | malformed at /anyOf/0: a schema is an object or a boolean
                    {"items": [{}], "prefixItems": [{}]} | "prefixItems"
                    {"oneOf": [{"const": 1}, {"const": 1.0}]} | two of its alternatives may hold at once
                    {"oneOf": [{"type": "string", "nullable": true}, {"type": ["integer", "null"]}]} | may hold at once
                    """)
    void refusesByNameAndPlaceWhatItCannotHonour(String schema, String words) {
        assertThatThrownBy(() -> JsonSchemaGrammar.of(json(schema)))
                .isInstanceOfSatisfying(
                        InferenceRefused.class, e -> assertThat(e.refusal()).isInstanceOf(Refusal.BadRequest.class))
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "false",
                "{\"enum\": []}",
                "{\"anyOf\": []}",
                "{\"anyOf\": [false, {\"enum\": []}]}",
                "{\"type\": \"string\", \"enum\": [1, 2]}",
                "{\"const\": 1, \"enum\": [2]}",
                "{\"type\": \"array\", \"minItems\": 3, \"maxItems\": 2}",
                "{\"type\": \"array\", \"minItems\": 1, \"items\": false}",
                "{\"type\": \"string\", \"minLength\": 3, \"maxLength\": 2}",
                "{\"type\": \"integer\", \"minimum\": 3, \"maximum\": 2}",
                "{\"type\": \"integer\", \"exclusiveMinimum\": 2, \"exclusiveMaximum\": 3}",
                "{\"type\": \"integer\", \"minimum\": 2.1, \"maximum\": 2.9}",
                "{\"type\": \"number\", \"minimum\": 3, \"maximum\": 2}",
                "{\"allOf\": [{\"type\": \"string\"}, {\"type\": \"integer\"}]}",
                "{\"required\": [\"a\"], \"properties\": {\"a\": false}}",
                "{\"required\": [\"a\"], \"additionalProperties\": false}",
                "{\"allOf\": [{\"properties\": {\"a\": {}}, \"additionalProperties\": false}, {\"required\": [\"b\"]}]}",
                "{\"$ref\": \"#\"}",
                "{\"$ref\": \"#/$defs/a\", \"$defs\": {\"a\": {\"$ref\": \"#/$defs/b\"}, \"b\": {\"$ref\": \"#/$defs/a\"}}}",
                "{\"allOf\": [{\"$ref\": \"#\"}]}",
                "{\"type\": \"object\", \"properties\": {\"next\": {\"$ref\": \"#\"}}, \"required\": [\"next\"]}",
                "{\"type\": \"array\", \"items\": {\"$ref\": \"#\"}, \"minItems\": 1}"
            })
    void refusesWhatNothingCanSatisfy(String schema) {
        assertThatThrownBy(() -> JsonSchemaGrammar.of(json(schema)))
                .isInstanceOf(InferenceRefused.class)
                .hasMessageContaining("cannot be satisfied");
    }

    /** Null has no members, so members do not keep apart what also allows null. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"type\": [\"object\", \"null\"]",
                "\"type\": \"object\", \"nullable\": true",
                "\"nullable\": true",
                "\"type\": [\"object\", \"array\"]",
                "\"minItems\": 1",
                "\"anyOf\": [{\"minItems\": 1}]"
            })
    void refusesAlternativesThatOnlyMembersKeepApartWhereNotAllAreObjects(String types) {
        assertThatThrownBy(() -> JsonSchemaGrammar.of(json(kinds(types))))
                .hasMessageContaining("two of its alternatives may hold at once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"type\": \"object\"", "\"type\": [\"object\"]", "\"title\": \"of members only\""})
    void takesAlternativesOfObjectsThatAMemberKeepsApart(String types) {
        assertThat(JsonSchemaGrammar.of(json(kinds(types)))).contains("one", "two");
    }

    private static String kinds(String types) {
        String one = "{" + types + ", \"required\": [\"k\"], \"properties\": {\"k\": {\"const\": \"one\"}}}";
        return "{\"oneOf\": [" + one + ", " + one.replace("one", "two") + "]}";
    }

    @Test
    void refusesPartsThatAreReachedByTooManyPaths() {
        StringBuilder doubling = new StringBuilder("{\"$ref\": \"#/$defs/a0\", \"$defs\": {");
        for (int i = 0; i < 40; i++) {
            String next = "{\"$ref\": \"#/$defs/a" + (i + 1) + "\"}";
            doubling.append("\"a%d\": {\"type\": \"object\", \"anyOf\": [%s, %s]},".formatted(i, next, next));
        }
        String schema = doubling.append("\"a40\": false}}").toString();
        assertThatThrownBy(() -> JsonSchemaGrammar.of(json(schema)))
                .hasMessageContaining("too large")
                .hasMessageContaining("visits");
    }

    @Test
    void refusesToCopyLargePartsAgainAndAgain() {
        String numbers = "0" + ", 1".repeat(4_000);
        String alternatives = "{\"type\": \"string\", \"$ref\": \"#/$defs/large\"},".repeat(1_000);
        String schema = "{\"anyOf\": [" + alternatives + "{}], \"$defs\": {\"large\": {\"enum\": [" + numbers + "]}}}";
        assertThatThrownBy(() -> JsonSchemaGrammar.of(json(schema)))
                .hasMessageContaining("too large")
                .hasMessageContaining("putting its parts together");
    }

    @Test
    void refusesAlternativesThatTakeTooLongToTellApart() {
        StringBuilder chain =
                new StringBuilder("{\"oneOf\": [{\"$ref\": \"#/$defs/a0\"}, {\"$ref\": \"#/$defs/a0\"}], \"$defs\": {");
        for (int i = 0; i < 8; i++) {
            StringBuilder members = new StringBuilder();
            StringBuilder required = new StringBuilder();
            for (int j = 0; j < 12; j++) {
                members.append(j == 0 ? "" : ",").append("\"m%d\": {\"$ref\": \"#/$defs/a%d\"}".formatted(j, i + 1));
                required.append(j == 0 ? "" : ",").append("\"m").append(j).append('"');
            }
            chain.append("\"a%d\": {\"type\": \"object\", \"properties\": {%s}, \"required\": [%s]},"
                    .formatted(i, members, required));
        }
        String schema = chain.append("\"a8\": {\"type\": \"string\"}}}").toString();
        assertThatThrownBy(() -> JsonSchemaGrammar.of(json(schema))).hasMessageContaining("putting its parts together");
    }

    @Test
    void refusesNamesOfPropertiesThatAreTooLong() {
        String longest =
                "{\"properties\": {\"" + "n".repeat(ContainerRules.MAX_NAME) + "\": {}}, \"additionalProperties\": {}}";
        assertThat(JsonSchemaGrammar.of(json(longest))).contains("nnn");
        String schema = longest.replace("nnnn", "n".repeat(500));
        assertThatThrownBy(() -> JsonSchemaGrammar.of(json(schema)))
                .hasMessageContaining("the name of a property has more than 256 characters");
    }

    @Test
    void refusesWhatIsTooLargeOrTooDeep() {
        String wide = "{\"enum\": [\"" + "x".repeat(JsonSchemaGrammar.MAX_SCHEMA) + "\"]}";
        assertThatThrownBy(() -> JsonSchemaGrammar.of(json(wide))).hasMessageContaining("too large");
        String deep = "{\"items\": ".repeat(200) + "{}" + "}".repeat(200);
        assertThatThrownBy(() -> JsonSchemaGrammar.of(json(deep))).hasMessageContaining("deeper than 64");
        StringBuilder many = new StringBuilder("{\"properties\": {");
        for (int i = 0; i < 300; i++) {
            many.append("\"p").append(i).append("\": {},");
        }
        String members = many.append("\"z\": {}}}").toString();
        assertThatThrownBy(() -> JsonSchemaGrammar.of(json(members))).hasMessageContaining("256 properties");
        String patterns =
                "{\"anyOf\": [" + "{\"type\": \"string\", \"pattern\": \"^(a|b|c|d|e)+$\"},".repeat(900) + "{}]}";
        assertThatThrownBy(() -> JsonSchemaGrammar.of(json(patterns))).hasMessageContaining("too large");
    }

    @Test
    void ignoresWhatSaysNothingOfValues() {
        String plain = JsonSchemaGrammar.of(json("{\"type\": \"boolean\"}"));
        String told = JsonSchemaGrammar.of(json("""
                {"type": "boolean", "title": "t", "description": "d", "default": true, "examples": [1], "$id": "x",
                 "$schema": "y", "$comment": "z", "deprecated": true, "x-vendor": 1}"""));
        assertThat(told).isEqualTo(plain);
    }

    @Test
    void writesEqualAlternativesOnce() {
        String definition = "\"$defs\": {\"x\": {\"type\": \"integer\"}}}";
        String once = JsonSchemaGrammar.of(json("{\"anyOf\": [{\"$ref\": \"#/$defs/x\"}], " + definition));
        String twice = JsonSchemaGrammar.of(
                json("{\"anyOf\": [{\"$ref\": \"#/$defs/x\"}, {\"$ref\": \"#/$defs/x\"}], " + definition));
        assertThat(twice).isEqualTo(once);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
