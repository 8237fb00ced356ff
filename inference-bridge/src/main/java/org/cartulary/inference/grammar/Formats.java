package org.cartulary.inference.grammar;

import java.util.List;
import org.cartulary.inference.grammar.Symbol.*;

/** Formats of strings, by RFC 3339 and RFC 4122. Leap days and leap seconds are left out: no grammar counts years. */
final class Formats {
    static final List<String> KNOWN = List.of("date", "time", "date-time", "uuid");

    private final Primitives json;

    Formats(Primitives json) {
        this.json = json;
    }

    Symbol of(String format) {
        return switch (format) {
            case "date" -> date();
            case "time" -> time();
            case "date-time" -> Symbol.sequence(date(), new Literal("T"), time());
            default -> uuid();
        };
    }

    private Symbol date() {
        return json.rule(
                "date",
                () -> Symbol.sequence(
                        digits(4),
                        new Literal("-"),
                        new Choice(List.of(
                                day(months("0", "13578", "1", "02"), new Literal("3"), new OneOf("01")),
                                day(months("0", "469", "1", "1"), new Literal("3"), new Literal("0")),
                                Symbol.sequence(new Literal("02-"), upTo28())))));
    }

    private Symbol months(String first, String second, String other, String third) {
        return new Choice(List.of(
                Symbol.sequence(new Literal(first), new OneOf(second)),
                Symbol.sequence(new Literal(other), new OneOf(third))));
    }

    private Symbol day(Symbol month, Symbol tens, Symbol ones) {
        return Symbol.sequence(
                month, new Literal("-"), new Choice(List.of(upTo28(), new Literal("29"), Symbol.sequence(tens, ones))));
    }

    private Symbol upTo28() {
        return json.rule(
                "day",
                () -> new Choice(List.of(
                        Symbol.sequence(new Literal("0"), new OneOf("1-9")),
                        Symbol.sequence(new Literal("1"), new OneOf("0-9")),
                        Symbol.sequence(new Literal("2"), new OneOf("0-8")))));
    }

    private Symbol time() {
        return json.rule(
                "time",
                () -> Symbol.sequence(
                        hours(),
                        new Literal(":"),
                        sixty(),
                        new Literal(":"),
                        sixty(),
                        Symbol.optional(Symbol.sequence(new Literal("."), new Repeat(new OneOf("0-9"), 1, 6))),
                        new Choice(List.of(
                                new Literal("Z"),
                                Symbol.sequence(new OneOf("-+"), offset(), new Literal(":"), sixty())))));
    }

    private Symbol hours() {
        return json.rule(
                "hours",
                () -> new Choice(List.of(
                        Symbol.sequence(new OneOf("01"), new OneOf("0-9")),
                        Symbol.sequence(new Literal("2"), new OneOf("0-3")))));
    }

    /** Hours from Greenwich; beyond seventeen some libraries know no zone. */
    private Symbol offset() {
        return json.rule(
                "offset",
                () -> new Choice(List.of(
                        Symbol.sequence(new Literal("0"), new OneOf("0-9")),
                        Symbol.sequence(new Literal("1"), new OneOf("0-7")))));
    }

    private Symbol sixty() {
        return json.rule("sixty", () -> Symbol.sequence(new OneOf("0-5"), new OneOf("0-9")));
    }

    private Symbol uuid() {
        return json.rule(
                "uuid",
                () -> Symbol.sequence(
                        json.hex(8),
                        new Literal("-"),
                        json.hex(4),
                        new Literal("-"),
                        json.hex(4),
                        new Literal("-"),
                        json.hex(4),
                        new Literal("-"),
                        json.hex(12)));
    }

    private static Symbol digits(int count) {
        return new Repeat(new OneOf("0-9"), count, count);
    }
}
