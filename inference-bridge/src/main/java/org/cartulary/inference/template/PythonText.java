package org.cartulary.inference.template;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How Python reads and writes text: its white space, its escapes, its {@code str} and {@code repr}. */
final class PythonText {
    private PythonText() {}

    /** As {@code str.isspace}. */
    static boolean isSpace(char c) {
        return Character.isWhitespace(c) || c == '\u00A0' || c == '\u0085' || c == '\u2007' || c == '\u202F';
    }

    /** What stands between the quotes of a string literal. */
    static String unescape(String literal) {
        if (literal.indexOf('\\') < 0) {
            return literal;
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < literal.length()) {
            char c = literal.charAt(at++);
            if (c != '\\' || at == literal.length()) {
                out.append(c);
            } else {
                at = escape(literal, at, out);
            }
        }
        return out.toString();
    }

    private static int escape(String literal, int at, StringBuilder out) {
        char kind = literal.charAt(at);
        int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
        if (kind == '\n') {
            return at + 1;
        }
        if (digits > 0) {
            out.appendCodePoint(hex(literal, at + 1, digits));
            return at + 1 + digits;
        }
        if (kind >= '0' && kind <= '7') {
            return octal(literal, at, out);
        }
        switch (kind) {
            case 'n' -> out.append('\n');
            case 't' -> out.append('\t');
            case 'r' -> out.append('\r');
            case 'a' -> out.append('\u0007');
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'v' -> out.append('\u000B');
            case '\\', '\'', '"' -> out.append(kind);
            default -> out.append('\\').append(kind);
        }
        return at + 1;
    }

    private static int hex(String literal, int from, int digits) {
        try {
            int value = Integer.parseInt(literal, from, from + digits, 16);
            if (Character.isValidCodePoint(value)) {
                return value;
            }
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            // Falls to the one refusal below.
        }
        throw new TemplateRefused(TemplateRefused.Reason.SYNTAX, "a string has a broken escape");
    }

    private static int octal(String literal, int at, StringBuilder out) {
        int value = 0;
        int end = at;
        while (end < literal.length() && end < at + 3 && literal.charAt(end) >= '0' && literal.charAt(end) <= '7') {
            value = value * 8 + literal.charAt(end++) - '0';
        }
        out.append((char) value);
        return end;
    }

    /** As {@code str(value)}. */
    static Text str(Object value, Budget budget) {
        return switch (value) {
            case Text text -> text;
            case Undefined _ -> Text.EMPTY;
            default -> {
                Text.Builder out = new Text.Builder();
                repr(value, budget, out, 0);
                yield out.build();
            }
        };
    }

    /** As {@code repr(value)}. */
    static void repr(Object value, Budget budget, Text.Builder out, int depth) {
        Budget.requireNesting(depth);
        budget.step();
        if (out.length() > Budget.MAX_TEXT) {
            budget.text(out.length());
        }
        switch (value) {
            case Text text -> {
                budget.text(text.length());
                out.append(Text.derived(quoted(text.value()), text));
            }
            case Boolean flag -> out.append(Text.own(flag ? "True" : "False"));
            case Double number -> out.append(Text.own(real(number)));
            case Sequence list -> reprList(list, budget, out, depth);
            case Map<?, ?> map -> reprMap(map, budget, out, depth);
            case Callable _ -> out.append(Text.own("<function>"));
            case Undefined _ -> out.append(Text.own("Undefined"));
            default -> out.append(Text.own(value.toString()));
        }
    }

    private static void reprList(Sequence list, Budget budget, Text.Builder out, int depth) {
        out.append(Text.own(list.tuple() ? "(" : "["));
        String between = "";
        for (Object element : list.elements()) {
            out.append(Text.own(between));
            repr(element, budget, out, depth + 1);
            between = ", ";
        }
        String lone = list.elements().size() == 1 ? ",)" : ")";
        out.append(Text.own(list.tuple() ? lone : "]"));
    }

    private static void reprMap(Map<?, ?> map, Budget budget, Text.Builder out, int depth) {
        out.append(Text.own("{"));
        String between = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(Text.own(between));
            repr(entry.getKey(), budget, out, depth + 1);
            out.append(Text.own(": "));
            repr(entry.getValue(), budget, out, depth + 1);
            between = ", ";
        }
        out.append(Text.own("}"));
    }

    private static String quoted(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder out = new StringBuilder().append(quote);
        text.codePoints().forEach(c -> {
            if (c == quote || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c == '\n' || c == '\r' || c == '\t') {
                out.append(c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t");
            } else if (c < 0x20 || (c >= 0x7F && c < 0xA1) || c == 0xAD) {
                out.append("\\x").append(HexFormat.of().toHexDigits((byte) c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.append(quote).toString();
    }

    /** As {@code repr} of a float: the shortest digits that stand for it. */
    static String real(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0.0" : "0.0";
        }
        BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            String plain = shortest.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String digits = shortest.unscaledValue().abs().toString();
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        String sign = number < 0 ? "-" : "";
        return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+")
                + "%02d".formatted(Math.abs(exponent));
    }

    /** As {@code str.title}: each run of letters begins with a capital. */
    static String title(String text) {
        StringBuilder out = new StringBuilder();
        boolean inWord = false;
        for (int c : text.codePoints().toArray()) {
            boolean letter = Character.isLetter(c);
            out.appendCodePoint(!letter ? c : inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
            inWord = letter;
        }
        return out.toString();
    }

    /** As {@code str.capitalize}. */
    static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.offsetByCodePoints(0, 1);
        return text.substring(0, first).toUpperCase(Locale.ROOT)
                + text.substring(first).toLowerCase(Locale.ROOT);
    }

    /** As {@code str.splitlines}. */
    static List<Text> lines(Text text, Budget budget) {
        List<Text> lines = new java.util.ArrayList<>();
        String value = text.value();
        int start = 0;
        for (int i = 0; i < value.length(); i++) {
            if ("\n\r\u000B\f\u001C\u001D\u001E\u0085\u2028\u2029".indexOf(value.charAt(i)) >= 0) {
                Budget.requireElements(lines.size());
                lines.add(text.slice(start, i));
                i += value.startsWith("\r\n", i) ? 1 : 0;
                start = i + 1;
            }
        }
        if (start < value.length()) {
            lines.add(text.slice(start, value.length()));
        }
        budget.elements(lines.size());
        return lines;
    }
}
