package org.cartulary.inference.template;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of a template and what Python says of them: Text, Long, Double, Boolean, {@link None}, {@link Undefined},
 * {@link Sequence}, Map, {@link Namespace} and {@link Callable}; nothing else ever is one.
 */
final class Values {
    private Values() {}

    /**
     * A template's value for one of ours; strings become the template's own text.
     *
     * @throws IllegalArgumentException for a class that has no counterpart
     */
    static Object of(@Nullable Object value) {
        return switch (value) {
            case null -> None.NONE;
            case None none -> none;
            case Text text -> text;
            case String text -> Text.own(text);
            case Integer number -> (long) number;
            case Long number -> number;
            case Double number -> number;
            case Boolean flag -> flag;
            case Callable callable -> callable;
            case List<?> list -> Sequence.list(list.stream().map(Values::of).toList());
            case Map<?, ?> map -> {
                Map<Object, Object> copy = new LinkedHashMap<>();
                map.forEach((key, element) -> copy.put(of(key), of(element)));
                yield copy;
            }
            default -> throw new IllegalArgumentException(value.getClass() + " is no value of a template");
        };
    }

    static boolean isTrue(Object value) {
        return switch (value) {
            case Boolean flag -> flag;
            case Text text -> !text.isEmpty();
            case Long number -> number != 0;
            case Double number -> number != 0;
            case Sequence list -> !list.elements().isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            case None _, Undefined _ -> false;
            default -> true;
        };
    }

    static String typeName(Object value) {
        return switch (value) {
            case Text _ -> "a text";
            case Boolean _ -> "a boolean";
            case Long _, Double _ -> "a number";
            case Sequence _ -> "a list";
            case Map<?, ?> _ -> "a dict";
            case None _ -> "none";
            case Undefined undefined -> "the undefined '" + undefined.name() + "'";
            case Namespace _ -> "a namespace";
            default -> "a function";
        };
    }

    /** What a loop or a list filter goes through. */
    static List<Object> elements(Object value, Budget budget) {
        List<Object> elements = switch (value) {
            case Sequence list -> list.elements();
            case Map<?, ?> map -> List.copyOf(map.keySet());
            case Text text -> characters(text, budget);
            case Undefined _ -> List.of();
            default -> throw TemplateRefused.fault(typeName(value) + " cannot be gone through");
        };
        budget.elements(elements.size());
        return elements;
    }

    /** How many a text has, as Python counts: halves of a pair are one, so all of it is gone through. */
    static int count(Text text, Budget budget) {
        budget.read(text.length());
        return text.value().codePointCount(0, text.length());
    }

    private static List<Object> characters(Text text, Budget budget) {
        budget.elements(text.length());
        List<Object> characters = new ArrayList<>();
        String value = text.value();
        for (int at = 0; at < value.length(); ) {
            int next = value.offsetByCodePoints(at, 1);
            characters.add(text.slice(at, next));
            at = next;
        }
        return characters;
    }

    static long length(Object value, Budget budget) {
        return switch (value) {
            case Text text -> count(text, budget);
            case Sequence list -> list.elements().size();
            case Map<?, ?> map -> map.size();
            case Undefined _ -> 0;
            default -> throw TemplateRefused.fault(typeName(value) + " has no length");
        };
    }

    static boolean areEqual(Object left, Object right, Budget budget, int depth) {
        Budget.requireNesting(depth);
        budget.step();
        return switch (left) {
            case Text text -> {
                budget.text(text.length());
                yield text.equals(right);
            }
            case Sequence list -> right instanceof Sequence other && areEqual(list, other, budget, depth);
            case Map<?, ?> map -> right instanceof Map<?, ?> other && areEqual(map, other, budget, depth);
            case Undefined _ -> right instanceof Undefined;
            case Namespace _, Callable _ -> left.equals(right);
            default -> {
                Double number = asNumber(left);
                Double other = asNumber(right);
                boolean numbers = number != null && other != null;
                yield numbers ? compareNumbers(left, right) == 0 : left.equals(right);
            }
        };
    }

    private static boolean areEqual(Sequence left, Sequence right, Budget budget, int depth) {
        if (left.elements().size() != right.elements().size() || left.tuple() != right.tuple()) {
            return false;
        }
        Iterator<Object> others = right.elements().iterator();
        for (Object element : left.elements()) {
            if (!areEqual(element, others.next(), budget, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean areEqual(Map<?, ?> left, Map<?, ?> right, Budget budget, int depth) {
        left.keySet().forEach(key -> key(key, budget));
        budget.spend(left.size());
        if (!left.keySet().equals(right.keySet())) {
            return false;
        }
        for (Map.Entry<?, ?> entry : left.entrySet()) {
            Object other = right.get(entry.getKey());
            if (other == null || !areEqual(entry.getValue(), other, budget, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    /** A number, or a boolean, which is one in Python; null for all else. */
    static @Nullable Double asNumber(Object value) {
        return switch (value) {
            case Long number -> number.doubleValue();
            case Double number -> number;
            case Boolean flag -> flag ? 1.0 : 0.0;
            default -> null;
        };
    }

    static int compare(Object left, Object right, Budget budget) {
        budget.step();
        if (left instanceof Text text && right instanceof Text other) {
            budget.text(2L * Math.max(text.length(), other.length()));
            return text.compareTo(other);
        }
        if (asNumber(left) != null && asNumber(right) != null) {
            return compareNumbers(left, right);
        }
        if (left instanceof Sequence list && right instanceof Sequence other) {
            int common = Math.min(list.elements().size(), other.elements().size());
            for (int i = 0; i < common; i++) {
                budget.enter();
                int order = compare(list.elements().get(i), other.elements().get(i), budget);
                budget.leave();
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(list.elements().size(), other.elements().size());
        }
        throw TemplateRefused.fault(typeName(left) + " and " + typeName(right) + " cannot be ordered");
    }

    private static int compareNumbers(Object left, Object right) {
        return left instanceof Long whole && right instanceof Long other
                ? Long.compare(whole, other)
                : java.util.Objects.requireNonNull(asNumber(left))
                        .compareTo(java.util.Objects.requireNonNull(asNumber(right)));
    }

    /** Python's {@code in}. */
    static boolean contains(Object container, Object value, Budget budget) {
        return switch (container) {
            case Text text -> {
                if (!(value instanceof Text needle)) {
                    throw TemplateRefused.fault("only a text can be in a text, not " + typeName(value));
                }
                budget.search(text.length(), needle.length());
                yield text.value().contains(needle.value());
            }
            case Map<?, ?> map -> map.containsKey(key(value, budget));
            case Sequence _, Undefined _ -> {
                for (Object element : elements(container, budget)) {
                    if (areEqual(element, value, budget, 0)) {
                        yield true;
                    }
                }
                yield false;
            }
            default -> throw TemplateRefused.fault("nothing can be in " + typeName(container));
        };
    }

    /** A value as the key of a dict; paid for, because a key is compared whole where it is looked up. */
    static Object key(Object value, Budget budget) {
        budget.read(value instanceof Text text ? text.length() : 0);
        if (value instanceof Text || value instanceof Long || value instanceof Boolean || value instanceof None) {
            return value;
        }
        if (value instanceof Double number) {
            return number == Math.rint(number) && Math.abs(number) < 1e15 ? (Object) number.longValue() : number;
        }
        throw TemplateRefused.fault(typeName(value) + " cannot be the key of a dict");
    }
}
