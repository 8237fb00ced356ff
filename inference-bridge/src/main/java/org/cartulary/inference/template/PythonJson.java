package org.cartulary.inference.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Python's {@code json.dumps}, as the filter {@code tojson} of chat templates calls it: no character is escaped for HTML. */
final class PythonJson {
    private final Budget budget;
    private final boolean ascii;
    private final boolean sorted;
    private final String margin;
    private final boolean multiline;
    private final String betweenElements;
    private final String afterKey;
    private final StringBuilder out = new StringBuilder();
    private boolean caller;

    PythonJson(Budget budget, Arguments arguments) {
        this.budget = budget;
        this.ascii = arguments.flag(0, "ensure_ascii", false);
        this.sorted = arguments.flag(3, "sort_keys", false);
        Object indent = arguments.get(1, "indent", None.NONE);
        this.multiline = !(indent instanceof None);
        this.margin = indent instanceof Text text ? text.value() : indent instanceof Long width ? spaces(width) : "";
        Object separators = arguments.get(2, "separators", None.NONE);
        if (separators instanceof Sequence pair && pair.elements().size() == 2) {
            this.betweenElements = separator(pair.elements().getFirst());
            this.afterKey = separator(pair.elements().getLast());
        } else {
            this.betweenElements = multiline ? "," : ", ";
            this.afterKey = ": ";
        }
    }

    private static String separator(Object given) {
        if (given instanceof Text text) {
            return text.value();
        }
        throw TemplateRefused.fault("a separator must be a text, not " + Values.typeName(given));
    }

    private static String spaces(long width) {
        return " ".repeat(Math.clamp(width, 0, 64));
    }

    Text text(Object value) {
        write(value, 0);
        return caller ? Text.caller(out.toString()) : Text.own(out.toString());
    }

    private void write(Object value, int depth) {
        Budget.requireNesting(depth);
        budget.step();
        switch (value) {
            case Text text -> string(text);
            case None _ -> out.append("null");
            case Boolean flag -> out.append(flag);
            case Long number -> out.append(number);
            case Double number -> out.append(special(number));
            case Sequence list -> list(list.elements(), depth);
            case Map<?, ?> map -> map(map, depth);
            default -> throw TemplateRefused.fault(Values.typeName(value) + " cannot be written as JSON");
        }
    }

    private static String special(double number) {
        return Double.isNaN(number)
                ? "NaN"
                : Double.isInfinite(number) ? (number > 0 ? "Infinity" : "-Infinity") : PythonText.real(number);
    }

    private void list(List<Object> elements, int depth) {
        out.append('[');
        Iterator<Object> all = elements.iterator();
        while (all.hasNext()) {
            line(depth + 1);
            write(all.next(), depth + 1);
            punctuate(all.hasNext() ? betweenElements : "");
        }
        close(elements.isEmpty(), depth, ']');
    }

    private void map(Map<?, ?> map, int depth) {
        out.append('{');
        List<Object> keys = new ArrayList<>(map.keySet());
        if (sorted) {
            Comparator<Object> order = (left, right) -> Values.compare(left, right, budget);
            keys.sort(order);
        }
        Iterator<Object> all = keys.iterator();
        while (all.hasNext()) {
            Object key = all.next();
            line(depth + 1);
            key(key);
            punctuate(afterKey);
            write(java.util.Objects.requireNonNull(map.get(key)), depth + 1);
            punctuate(all.hasNext() ? betweenElements : "");
        }
        close(keys.isEmpty(), depth, '}');
    }

    private void key(Object key) {
        if (key instanceof Text text) {
            string(text);
        } else {
            out.append('"');
            write(key, 0);
            out.append('"');
        }
    }

    /** Separators can be of any length, so they are paid for like texts. */
    private void punctuate(String separator) {
        budget.text(separator.length());
        out.append(separator);
    }

    private void line(int depth) {
        if (multiline) {
            budget.text((long) margin.length() * depth);
            out.append('\n').append(margin.repeat(depth));
        }
    }

    private void close(boolean empty, int depth, char bracket) {
        if (!empty) {
            line(depth);
        }
        out.append(bracket);
    }

    private void string(Text text) {
        budget.text((long) out.length() + text.length() > Budget.MAX_TEXT ? Budget.MAX_TEXT + 1L : text.length());
        caller |= text.hasCaller();
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(text.value().charAt(i));
        }
        out.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            default -> {
                if (c < 0x20 || (ascii && c > 0x7E)) {
                    out.append("\\u").append(HexFormat.of().toHexDigits(c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
