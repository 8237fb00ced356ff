package org.cartulary.inference.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Attributes, elements and slices of values. What a value does not have is undefined, as in Jinja2's sandbox. */
final class Members {
    private Members() {}

    /** {@code value.name}: a method before a key. */
    static Object attribute(Object value, String name, Budget budget) {
        if (value instanceof Undefined undefined) {
            throw TemplateRefused.fault("'" + undefined.name() + "' is undefined, so it has no '" + name + "'");
        }
        budget.read(name.length());
        Callable method = method(value, name, budget);
        if (method != null) {
            return method;
        }
        return switch (value) {
            case Loop loop -> loop.attribute(name);
            case Namespace namespace -> namespace.get(name);
            case Map<?, ?> map -> found(map.get(Text.own(name)), name);
            default -> new Undefined(name);
        };
    }

    /** {@code value[index]}: a key before a method. */
    static Object item(Object value, Object index, Budget budget) {
        if (value instanceof Undefined undefined) {
            throw TemplateRefused.fault("'" + undefined.name() + "' is undefined, so it has no elements");
        }
        String name = index instanceof Text text ? text.value() : "element";
        Object found = switch (value) {
            case Map<?, ?> map -> index instanceof Sequence ? null : map.get(Values.key(index, budget));
            case Sequence list when index instanceof Long at -> element(list.elements(), at);
            case Text text when index instanceof Long at -> character(text, at, budget);
            default -> null;
        };
        if (found == null && index instanceof Text) {
            return attribute(value, name, budget);
        }
        return found(found, name);
    }

    private static @Nullable Callable method(Object value, String name, Budget budget) {
        return switch (value) {
            case Text text -> TextMethods.of(text, name, budget);
            case Map<?, ?> map -> DictMethods.of(map, name, budget);
            case Sequence list -> listMethod(list, name, budget);
            default -> null;
        };
    }

    private static @Nullable Callable listMethod(Sequence list, String name, Budget budget) {
        return switch (name) {
            case "count" ->
                arguments -> list.elements().stream()
                        .filter(element -> Values.areEqual(element, arguments.require(0, "value"), budget, 0))
                        .count();
            case "append", "extend", "insert", "pop", "remove", "reverse", "sort", "clear" -> refused(name);
            default -> null;
        };
    }

    /** What would change a value: the reference's sandbox forbids it too. */
    static Callable refused(String name) {
        return _ -> {
            throw TemplateRefused.fault("'" + name + "' would change a value; only a namespace can be changed");
        };
    }

    static Object slice(Object value, @Nullable Long from, @Nullable Long to, @Nullable Long step, Budget budget) {
        boolean plain = step == null || step == 1;
        if (value instanceof Text text && plain && Values.count(text, budget) == text.length()) {
            int length = text.length();
            int start = (int) bound(from, length, 0, 0, length);
            int end = (int) bound(to, length, length, 0, length);
            budget.text(Math.max(0, end - start));
            return text.slice(start, Math.max(start, end));
        }
        return switch (value) {
            case Sequence list -> new Sequence(steps(list.elements(), from, to, step, budget), list.tuple());
            case Text text -> {
                Text.Builder out = new Text.Builder();
                steps(Values.elements(text, budget), from, to, step, budget).forEach(c -> out.append((Text) c));
                yield out.build();
            }
            case Undefined undefined -> throw TemplateRefused.fault("'" + undefined.name() + "' is undefined");
            default -> throw TemplateRefused.fault(Values.typeName(value) + " has no slices");
        };
    }

    private static List<Object> steps(
            List<Object> elements, @Nullable Long from, @Nullable Long to, @Nullable Long by, Budget budget) {
        long step = by == null ? 1 : by;
        if (step == 0) {
            throw TemplateRefused.fault("the step of a slice is zero");
        }
        int size = elements.size();
        boolean forth = step > 0;
        long at = forth ? bound(from, size, 0, 0, size) : bound(from, size, size - 1, -1, size - 1);
        long end = forth ? bound(to, size, size, 0, size) : bound(to, size, -1, -1, size - 1);
        List<Object> taken = new ArrayList<>();
        long stride = Math.clamp(step, -size - 1L, size + 1L);
        for (; forth ? at < end : at > end; at += stride) {
            taken.add(elements.get((int) at));
        }
        budget.elements(taken.size());
        return taken;
    }

    /** An end of a slice: counted from the end where negative, and kept within the value. */
    private static long bound(@Nullable Long wanted, int size, long otherwise, long least, long most) {
        if (wanted == null) {
            return otherwise;
        }
        long place = wanted < 0 ? Math.max(wanted, -size - 1L) + size : wanted;
        return Math.clamp(place, least, Math.max(least, most));
    }

    private static @Nullable Object element(List<Object> elements, long index) {
        long place = index < 0 ? index + elements.size() : index;
        return place >= 0 && place < elements.size() ? elements.get((int) place) : null;
    }

    private static @Nullable Object character(Text text, long index, Budget budget) {
        int count = Values.count(text, budget);
        long place = index < 0 ? index + count : index;
        if (place < 0 || place >= count) {
            return null;
        }
        int start = text.value().offsetByCodePoints(0, (int) place);
        return text.slice(start, text.value().offsetByCodePoints(start, 1));
    }

    private static Object found(@Nullable Object value, String name) {
        return value == null ? new Undefined(name) : value;
    }
}
