package org.cartulary.inference.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Jinja2's filters, as far as chat templates use them. */
final class Filters {
    /** Longest text that is read as a number, in characters. */
    private static final int MAX_NUMBER = 400;

    private final Budget budget;

    Filters(Budget budget) {
        this.budget = budget;
    }

    Object apply(String name, Object value, Arguments arguments) {
        return switch (name) {
            case "default", "d" -> otherwise(value, arguments);
            case "length", "count" -> Values.length(value, budget);
            case "first" -> end(value, true);
            case "last" -> end(value, false);
            case "list" -> Sequence.list(elements(value));
            case "join" -> join(value, arguments);
            case "items" ->
                value instanceof Undefined ? Sequence.list(List.of()) : DictMethods.items(map(value), budget);
            case "dictsort" -> dictSort(map(value), arguments);
            case "sort" -> sort(value, arguments);
            case "unique" -> unique(value, arguments);
            case "reverse" ->
                Members.slice(value instanceof Text ? value : Sequence.list(elements(value)), null, null, -1L, budget);
            case "map" -> map(value, arguments);
            case "select" -> select(value, arguments, false, true);
            case "reject" -> select(value, arguments, false, false);
            case "selectattr" -> select(value, arguments, true, true);
            case "rejectattr" -> select(value, arguments, true, false);
            case "min", "max" -> extreme(elements(value), name.equals("max"));
            case "sum" -> sum(value, arguments);
            case "int", "float", "abs", "round" -> number(name, value, arguments);
            case "tojson" -> new PythonJson(budget, arguments).text(value);
            default -> text(name, value, arguments);
        };
    }

    private Object text(String name, Object value, Arguments arguments) {
        Text text = PythonText.str(value, budget);
        budget.text(text.length());
        return switch (name) {
            case "string", "safe" -> text;
            case "trim" -> TextMethods.strip(text, arguments.get(0, "chars"), true, true, budget);
            case "upper" -> changed(text, s -> s.toUpperCase(Locale.ROOT));
            case "lower" -> changed(text, s -> s.toLowerCase(Locale.ROOT));
            case "title" -> changed(text, PythonText::title);
            case "capitalize" -> changed(text, PythonText::capitalize);
            case "escape", "e" -> changed(text, Filters::escape);
            case "replace" ->
                TextMethods.replace(
                        text,
                        arguments.text(0, "old"),
                        arguments.text(1, "new"),
                        arguments.number(2, "count", -1),
                        budget);
            case "indent" -> indent(text, arguments);
            default -> throw TemplateRefused.fault("the filter '" + name + "' is not known here");
        };
    }

    private Text changed(Text text, UnaryOperator<String> change) {
        Text result = Text.derived(change.apply(text.value()), text);
        budget.read(Math.max(0, result.length() - text.length()));
        return result;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;")
                .replace("\"", "&#34;");
    }

    private List<Object> elements(Object value) {
        return Values.elements(value, budget);
    }

    /** Jinja2's lazy filters never look at a value that counts as false, such as none. */
    private List<Object> elementsIfAny(Object value) {
        return Values.isTrue(value) ? elements(value) : List.of();
    }

    private static Map<?, ?> map(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw TemplateRefused.fault("a dict was expected, not " + Values.typeName(value));
    }

    private static Object otherwise(Object value, Arguments arguments) {
        boolean alsoFalse = arguments.flag(1, "boolean", false);
        boolean missing = value instanceof Undefined || (alsoFalse && !Values.isTrue(value));
        return missing ? arguments.get(0, "default_value", Text.EMPTY) : value;
    }

    private Object end(Object value, boolean first) {
        List<Object> elements = elements(value);
        if (elements.isEmpty()) {
            return new Undefined(first ? "first" : "last");
        }
        return first ? elements.getFirst() : elements.getLast();
    }

    private Object join(Object value, Arguments arguments) {
        Object attribute = arguments.get(1, "attribute");
        List<Text> parts = new ArrayList<>();
        for (Object element : elements(value)) {
            parts.add(PythonText.str(attribute == null ? element : attribute(element, attribute), budget));
        }
        return TextMethods.joined(parts, PythonText.str(arguments.get(0, "d", Text.EMPTY), budget), budget);
    }

    private Text indent(Text text, Arguments arguments) {
        Object width = arguments.get(0, "width", 4L);
        Text margin = width instanceof Text given
                ? given
                : (Text) Operators.apply("*", Text.own(" "), arguments.number(0, "width", 4), budget);
        boolean blank = arguments.flag(2, "blank", false);
        List<Text> lines = new ArrayList<>();
        for (Text line : PythonText.lines(
                new Text.Builder().append(text).append(Text.own("\n")).build(), budget)) {
            boolean first = lines.isEmpty();
            boolean indented = first ? arguments.flag(1, "first", false) : blank || !line.isEmpty();
            budget.text((long) margin.length() + line.length());
            lines.add(indented ? new Text.Builder().append(margin).append(line).build() : line);
        }
        return TextMethods.joined(lines, Text.own("\n"), budget);
    }

    /** {@code a.b.0} of an element. */
    private Object attribute(Object element, Object path) {
        if (path instanceof Long) {
            return Members.item(element, path, budget);
        }
        if (!(path instanceof Text names)) {
            throw TemplateRefused.fault("an attribute is named by a text or a number, not " + Values.typeName(path));
        }
        Object value = element;
        budget.read(names.length());
        for (String part : names.value().split("\\.", -1)) {
            budget.step();
            boolean number =
                    !part.isEmpty() && part.length() < 9 && part.chars().allMatch(Character::isDigit);
            value = Members.item(value, number ? Long.valueOf(part) : Text.own(part), budget);
        }
        return value;
    }

    private Object map(Object value, Arguments arguments) {
        List<Object> mapped = new ArrayList<>();
        Object attribute = arguments.named().get("attribute");
        for (Object element : elementsIfAny(value)) {
            if (attribute == null) {
                mapped.add(apply(arguments.text(0, "filter").value(), element, arguments.rest(1)));
            } else {
                Object found = attribute(element, attribute);
                mapped.add(found instanceof Undefined ? arguments.named().getOrDefault("default", found) : found);
            }
        }
        return Sequence.list(mapped);
    }

    private Object select(Object value, Arguments arguments, boolean byAttribute, boolean wanted) {
        List<Object> kept = new ArrayList<>();
        Arguments test = byAttribute ? arguments.rest(1) : arguments;
        for (Object element : elementsIfAny(value)) {
            Object subject = byAttribute ? attribute(element, arguments.require(0, "attribute")) : element;
            boolean holds = test.positional().isEmpty()
                    ? Values.isTrue(subject)
                    : Tests.holds(test.text(0, "test").value(), subject, test.rest(1), budget);
            if (holds == wanted) {
                kept.add(element);
            }
        }
        return Sequence.list(kept);
    }

    private Object sort(Object value, Arguments arguments) {
        Object attribute = arguments.get(2, "attribute");
        List<Object> sorted = new ArrayList<>(elements(value));
        Comparator<Object> order = order(arguments.flag(1, "case_sensitive", false), attribute);
        sorted.sort(arguments.flag(0, "reverse", false) ? order.reversed() : order);
        return Sequence.list(sorted);
    }

    private Object dictSort(Map<?, ?> map, Arguments arguments) {
        boolean byValue = PythonText.str(arguments.get(1, "by", Text.own("key")), budget)
                .value()
                .equals("value");
        List<Object> sorted = new ArrayList<>(DictMethods.items(map, budget).elements());
        Comparator<Object> order = order(arguments.flag(0, "case_sensitive", false), byValue ? 1L : 0L);
        sorted.sort(arguments.flag(2, "reverse", false) ? order.reversed() : order);
        return Sequence.list(sorted);
    }

    private Comparator<Object> order(boolean caseSensitive, @Nullable Object attribute) {
        return (left, right) -> Values.compare(
                sortKey(left, caseSensitive, attribute), sortKey(right, caseSensitive, attribute), budget);
    }

    private Object sortKey(Object element, boolean caseSensitive, @Nullable Object attribute) {
        Object key = attribute == null ? element : attribute(element, attribute);
        if (!(key instanceof Text text) || caseSensitive) {
            return key;
        }
        budget.read(text.length());
        return Text.own(text.value().toLowerCase(Locale.ROOT));
    }

    private Object unique(Object value, Arguments arguments) {
        Object attribute = arguments.get(1, "attribute");
        List<Object> kept = new ArrayList<>();
        List<Object> keys = new ArrayList<>();
        for (Object element : elements(value)) {
            Object key = sortKey(element, arguments.flag(0, "case_sensitive", false), attribute);
            if (keys.stream().noneMatch(seen -> Values.areEqual(seen, key, budget, 0))) {
                keys.add(key);
                kept.add(element);
            }
        }
        return Sequence.list(kept);
    }

    private Object extreme(List<Object> elements, boolean greatest) {
        Comparator<Object> order = order(false, null);
        return elements.stream()
                .reduce((a, b) -> (order.compare(b, a) > 0) == greatest && order.compare(a, b) != 0 ? b : a)
                .orElse(new Undefined("min or max"));
    }

    private Object sum(Object value, Arguments arguments) {
        Object attribute = arguments.get(0, "attribute");
        Object total = arguments.get(1, "start", 0L);
        for (Object element : elements(value)) {
            Object term = attribute == null || attribute instanceof None ? element : attribute(element, attribute);
            total = Operators.apply("+", total, term, budget);
        }
        return total;
    }

    private Object number(String name, Object value, Arguments arguments) {
        Double number = value instanceof Text text ? parsed(text.value()) : Values.asNumber(value);
        return switch (name) {
            case "int" -> {
                Object otherwise = arguments.get(0, "default", 0L);
                if (number == null || number.isNaN() || Math.abs(number) > 9e15) {
                    yield value instanceof Long whole ? whole : otherwise;
                }
                yield value instanceof Long ? value : (Object) number.longValue();
            }
            case "float" -> number == null ? arguments.get(0, "default", 0.0) : number;
            case "abs" -> value instanceof Long whole ? (Object) Math.abs(whole) : (Object) Math.abs(number(value));
            default -> rounded(number(value), arguments);
        };
    }

    /** Each digit costs a step: exact reading of long decimals is slow. */
    private @Nullable Double parsed(String text) {
        if (text.length() > MAX_NUMBER) {
            return null;
        }
        budget.spend(text.length());
        try {
            return Double.valueOf(text.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static double number(Object value) {
        Double number = Values.asNumber(value);
        if (number == null) {
            throw TemplateRefused.fault("a number was expected, not " + Values.typeName(value));
        }
        return number;
    }

    private static Object rounded(double number, Arguments arguments) {
        int digits = Math.clamp(arguments.number(0, "precision", 0), -15, 15);
        String method = arguments.get(1, "method") instanceof Text name ? name.value() : "common";
        double scale = Math.pow(10, digits);
        return switch (method) {
            case "ceil" -> Math.ceil(number * scale) / scale;
            case "floor" -> Math.floor(number * scale) / scale;
            default ->
                new java.math.BigDecimal(number)
                        .setScale(digits, java.math.RoundingMode.HALF_EVEN)
                        .doubleValue();
        };
    }
}
