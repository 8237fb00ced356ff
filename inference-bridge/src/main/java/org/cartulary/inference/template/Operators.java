package org.cartulary.inference.template;

import java.util.ArrayList;
import java.util.List;

/** Python's operators on the values of a template. */
final class Operators {
    private Operators() {}

    static Object sign(boolean minus, Object value) {
        return switch (value) {
            case Long number -> minus ? Math.negateExact(number) : number;
            case Double number -> minus ? -number : number;
            default -> throw TemplateRefused.fault(Values.typeName(value) + " has no sign");
        };
    }

    static boolean compare(String operator, Object left, Object right, Budget budget) {
        return switch (operator) {
            case "==" -> Values.areEqual(left, right, budget, 0);
            case "!=" -> !Values.areEqual(left, right, budget, 0);
            case "in" -> Values.contains(right, left, budget);
            case "not in" -> !Values.contains(right, left, budget);
            case "<" -> Values.compare(left, right, budget) < 0;
            case "<=" -> Values.compare(left, right, budget) <= 0;
            case ">" -> Values.compare(left, right, budget) > 0;
            default -> Values.compare(left, right, budget) >= 0;
        };
    }

    static Object apply(String operator, Object left, Object right, Budget budget) {
        if (operator.equals("+") && left instanceof Text text && right instanceof Text other) {
            budget.text((long) text.length() + other.length());
            return new Text.Builder().append(text).append(other).build();
        }
        if (operator.equals("+") && left instanceof Sequence list && right instanceof Sequence other) {
            return joined(list, other, budget);
        }
        if (operator.equals("*") && right instanceof Long times && !(left instanceof Long || left instanceof Double)) {
            return repeated(left, times, budget);
        }
        if (operator.equals("*")
                && left instanceof Long times
                && (right instanceof Text || right instanceof Sequence)) {
            return repeated(right, times, budget);
        }
        return number(operator, left, right);
    }

    private static Sequence joined(Sequence left, Sequence right, Budget budget) {
        budget.elements((long) left.elements().size() + right.elements().size());
        List<Object> all = new ArrayList<>(left.elements());
        all.addAll(right.elements());
        return new Sequence(all, left.tuple());
    }

    private static Object repeated(Object value, long wanted, Budget budget) {
        long times = Math.max(0, Math.min(wanted, Budget.MAX_TEXT + 1L));
        if (value instanceof Text text) {
            budget.text(text.length() * times);
            Text.Builder out = new Text.Builder();
            for (long i = 0; i < times && !text.isEmpty(); i++) {
                out.append(text);
            }
            return out.build();
        }
        if (value instanceof Sequence list) {
            budget.elements(list.elements().size() * times);
            List<Object> all = new ArrayList<>();
            for (long i = 0; i < times && !list.elements().isEmpty(); i++) {
                all.addAll(list.elements());
            }
            return new Sequence(all, list.tuple());
        }
        throw unfit("*", value, times);
    }

    private static Object number(String operator, Object left, Object right) {
        Double a = Values.asNumber(left);
        Double b = Values.asNumber(right);
        if (a == null || b == null) {
            throw unfit(operator, left, right);
        }
        boolean divides = operator.equals("/") || operator.equals("//") || operator.equals("%");
        if (divides && b == 0) {
            throw TemplateRefused.fault("a division by zero");
        }
        boolean whole = !(left instanceof Double) && !(right instanceof Double) && !operator.equals("/");
        if (whole && !(operator.equals("**") && b < 0)) {
            try {
                return whole(operator, asLong(left), asLong(right));
            } catch (ArithmeticException e) {
                throw TemplateRefused.limit("it computes a number beyond 64 bits");
            }
        }
        return real(operator, a, b);
    }

    private static long asLong(Object value) {
        return value instanceof Long number ? number : Boolean.TRUE.equals(value) ? 1 : 0;
    }

    private static Object whole(String operator, long a, long b) {
        return switch (operator) {
            case "+" -> Math.addExact(a, b);
            case "-" -> Math.subtractExact(a, b);
            case "*" -> Math.multiplyExact(a, b);
            case "//" -> Math.floorDiv(a, b);
            case "%" -> Math.floorMod(a, b);
            default -> power(a, b);
        };
    }

    private static long power(long base, long exponent) {
        if (base == 0 || base == 1 || base == -1) {
            return exponent == 0 ? 1 : base == -1 && exponent % 2 == 0 ? 1 : base;
        }
        long result = 1;
        // Any other base overflows before its 64th power, which ends the loop.
        for (long i = 0; i < exponent; i++) {
            result = Math.multiplyExact(result, base);
        }
        return result;
    }

    private static Object real(String operator, double a, double b) {
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            case "//" -> Math.floor(a / b);
            case "%" -> a - b * Math.floor(a / b);
            default -> Math.pow(a, b);
        };
    }

    private static TemplateRefused unfit(String operator, Object left, Object right) {
        return TemplateRefused.fault(
                "'" + operator + "' does not go with " + Values.typeName(left) + " and " + Values.typeName(right));
    }
}
