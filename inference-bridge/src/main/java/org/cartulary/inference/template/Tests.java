package org.cartulary.inference.template;

import java.util.Locale;
import java.util.Map;

/** Jinja2's tests: what stands after {@code is}. */
final class Tests {
    private Tests() {}

    static boolean holds(String name, Object value, Arguments arguments, Budget budget) {
        return switch (name) {
            case "defined" -> !(value instanceof Undefined);
            case "undefined" -> value instanceof Undefined;
            case "none" -> value instanceof None;
            case "string" -> value instanceof Text;
            case "boolean" -> value instanceof Boolean;
            case "true" -> Boolean.TRUE.equals(value);
            case "false" -> Boolean.FALSE.equals(value);
            case "integer" -> value instanceof Long;
            case "float" -> value instanceof Double;
            case "number" -> Values.asNumber(value) != null;
            case "mapping" -> value instanceof Map<?, ?>;
            case "iterable", "sequence" ->
                value instanceof Text
                        || value instanceof Sequence
                        || value instanceof Map<?, ?>
                        || value instanceof Undefined;
            case "callable" -> value instanceof Callable;
            case "lower" -> text(value, budget).equals(text(value, budget).toLowerCase(Locale.ROOT));
            case "upper" -> text(value, budget).equals(text(value, budget).toUpperCase(Locale.ROOT));
            case "odd" -> whole(value) % 2 != 0;
            case "even" -> whole(value) % 2 == 0;
            default -> compares(name, value, arguments, budget);
        };
    }

    private static boolean compares(String name, Object value, Arguments arguments, Budget budget) {
        return switch (name) {
            case "divisibleby" -> {
                long divisor = whole(arguments.require(0, "num"));
                if (divisor == 0) {
                    throw TemplateRefused.fault("a division by zero");
                }
                yield whole(value) % divisor == 0;
            }
            case "sameas" ->
                value.getClass() == other(arguments).getClass() && Values.areEqual(value, other(arguments), budget, 0);
            case "in" -> Values.contains(other(arguments), value, budget);
            case "eq", "equalto", "==" -> Operators.compare("==", value, other(arguments), budget);
            case "ne", "!=" -> Operators.compare("!=", value, other(arguments), budget);
            case "lt", "lessthan", "<" -> Operators.compare("<", value, other(arguments), budget);
            case "le", "<=" -> Operators.compare("<=", value, other(arguments), budget);
            case "gt", "greaterthan", ">" -> Operators.compare(">", value, other(arguments), budget);
            case "ge", ">=" -> Operators.compare(">=", value, other(arguments), budget);
            default -> throw TemplateRefused.fault("the test '" + name + "' is not known here");
        };
    }

    private static Object other(Arguments arguments) {
        return arguments.require(0, "other");
    }

    private static long whole(Object value) {
        if (value instanceof Long number) {
            return number;
        }
        throw TemplateRefused.fault("a whole number was expected, not " + Values.typeName(value));
    }

    private static String text(Object value, Budget budget) {
        if (value instanceof Text text) {
            budget.read(text.length());
            return text.value();
        }
        throw TemplateRefused.fault("a text was expected, not " + Values.typeName(value));
    }
}
