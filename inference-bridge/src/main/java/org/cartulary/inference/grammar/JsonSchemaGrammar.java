package org.cartulary.inference.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.grammar.SchemaRefused.Unsatisfiable;

/**
 * The GBNF grammar of a JSON schema. Each text that the grammar lets through is JSON and satisfies the schema, with
 * these choices among what would be valid too: members of an object come in the order in which the schema names them,
 * and others only where {@code additionalProperties} asks for them; a keyword without a {@code type} implies its type;
 * numbers have at most sixteen digits before and after the point and an exponent of two; white space is short.
 */
public final class JsonSchemaGrammar {
    /** Longest schema, in characters of JSON. */
    public static final int MAX_SCHEMA = 65_536;

    private JsonSchemaGrammar() {}

    /**
     * Turns a schema into a grammar with the rule {@code root}.
     *
     * @param schema JSON Schema, drafts 7 to 2020-12; references within the document only
     * @throws InferenceRefused naming the place and the keyword, when something in it cannot be honoured, when no value
     *     satisfies it, or when it is too large
     */
    public static String of(JsonNode schema) {
        if (schema.toString().length() > MAX_SCHEMA) {
            throw SchemaRefused.tooLarge("it has more than " + MAX_SCHEMA + " characters");
        }
        RuleSet rules = new RuleSet();
        try {
            return new SchemaRules(rules, schema).grammar();
        } catch (Unsatisfiable reason) {
            throw SchemaRefused.unsatisfiable(reason);
        }
    }

    /** The grammar of any JSON object. */
    public static String anyObject() {
        RuleSet rules = new RuleSet();
        rules.define(RuleSet.ROOT, new Primitives(rules).object());
        return rules.text();
    }
}
