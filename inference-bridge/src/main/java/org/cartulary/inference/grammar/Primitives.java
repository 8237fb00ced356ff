package org.cartulary.inference.grammar;

import java.util.List;
import org.cartulary.inference.grammar.Symbol.*;

/** The rules of JSON itself. White space is bounded, so that a model cannot idle in it. */
final class Primitives {
    /** What stands unescaped in a JSON string. */
    static final String PLAIN_CHARACTERS = "^\"\\\\\\x7F\\x00-\\x1F";

    /** The same without halves of surrogate pairs and what lies beyond Unicode. */
    private static final String CHARACTERS = "\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E\\x80-\\uD7FF\\uE000-\\U0010FFFF";

    private final RuleSet rules;

    Primitives(RuleSet rules) {
        this.rules = rules;
    }

    /** At most a space, or a newline and twenty spaces or tabs. */
    Symbol space() {
        return rule(
                "ws",
                () -> Symbol.optional(new Choice(List.of(
                        new Literal(" "), Symbol.sequence(new Literal("\n"), new Repeat(new OneOf(" \\t"), 0, 20))))));
    }

    /** Any JSON value. */
    Symbol value() {
        if (rules.get("value") == null) {
            // Named before it is made: objects and arrays hold values.
            rules.define("value", Symbol.NOTHING);
            rules.define("value", new Choice(List.of(object(), array(), string(), number(), bool(), nothing())));
        }
        return new Reference("value");
    }

    Symbol object() {
        return rule("object", () -> {
            Symbol member = Symbol.sequence(string(), space(), new Literal(":"), space(), value());
            return braced("{", list(rules.named(member)), "}");
        });
    }

    Symbol array() {
        return rule("array", () -> braced("[", list(value()), "]"));
    }

    Symbol string() {
        return rule("string", () -> quoted(new Repeat(character(), 0, null)));
    }

    /** One character, however it is written. Half of a surrogate pair is none. */
    Symbol character() {
        return rule(
                "char",
                () -> new Choice(List.of(
                        new OneOf(CHARACTERS),
                        Symbol.sequence(new Literal("\\"), new OneOf("\"\\\\/bfnrt")),
                        Symbol.sequence(new Literal("\\u"), new OneOf("0-9a-cA-CefEF"), hex(3)),
                        Symbol.sequence(new Literal("\\u"), new OneOf("dD"), new OneOf("0-7"), hex(2)))));
    }

    Symbol hex(int digits) {
        return new Repeat(new OneOf("0-9a-fA-F"), digits, digits);
    }

    Symbol integer() {
        return rule("integer", () -> Symbol.sequence(Symbol.optional(new Literal("-")), whole()));
    }

    /** Zero, or up to sixteen digits. */
    Symbol whole() {
        return rule(
                "whole",
                () -> new Choice(List.of(
                        new Literal("0"), Symbol.sequence(new OneOf("1-9"), new Repeat(new OneOf("0-9"), 0, 15)))));
    }

    Symbol fraction() {
        return rule("fraction", () -> Symbol.sequence(new Literal("."), new Repeat(new OneOf("0-9"), 1, 16)));
    }

    Symbol number() {
        return rule(
                "number",
                () -> Symbol.sequence(
                        integer(),
                        Symbol.optional(fraction()),
                        Symbol.optional(Symbol.sequence(
                                new OneOf("eE"),
                                Symbol.optional(new OneOf("-+")),
                                new Repeat(new OneOf("0-9"), 1, 2)))));
    }

    Symbol bool() {
        return rule("boolean", () -> new Choice(List.of(new Literal("true"), new Literal("false"))));
    }

    Symbol nothing() {
        return rule("null", () -> new Literal("null"));
    }

    Symbol quoted(Symbol inner) {
        return Symbol.sequence(new Literal("\""), inner, new Literal("\""));
    }

    Symbol braced(String open, Symbol inner, String close) {
        return Symbol.sequence(new Literal(open), space(), inner, space(), new Literal(close));
    }

    /** A comma between two elements. */
    Symbol comma() {
        return rule("comma", () -> Symbol.sequence(space(), new Literal(","), space()));
    }

    private Symbol list(Symbol element) {
        Symbol more = rules.named(Symbol.sequence(comma(), element));
        return Symbol.optional(Symbol.sequence(element, new Repeat(more, 0, null)));
    }

    Symbol rule(String name, java.util.function.Supplier<Symbol> made) {
        return rules.get(name) == null ? rules.define(name, made.get()) : new Reference(name);
    }
}
