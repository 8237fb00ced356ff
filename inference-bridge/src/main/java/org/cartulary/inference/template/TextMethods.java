package org.cartulary.inference.template;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** What a template can ask a text: Python's methods of {@code str}. */
final class TextMethods {
    private final Text text;
    private final Budget budget;

    private TextMethods(Text text, Budget budget) {
        this.text = text;
        this.budget = budget;
    }

    static @Nullable Callable of(Text text, String name, Budget budget) {
        TextMethods methods = new TextMethods(text, budget);
        Callable method = methods.named(name);
        if (method == null) {
            return null;
        }
        return arguments -> {
            budget.text(text.length());
            return method.call(arguments);
        };
    }

    private @Nullable Callable named(String name) {
        return switch (name) {
            case "strip" -> arguments -> strip(text, arguments.get(0, "chars"), true, true, budget);
            case "lstrip" -> arguments -> strip(text, arguments.get(0, "chars"), true, false, budget);
            case "rstrip" -> arguments -> strip(text, arguments.get(0, "chars"), false, true, budget);
            case "split" -> arguments -> split(arguments, false);
            case "rsplit" -> arguments -> split(arguments, true);
            case "splitlines" -> _ -> Sequence.list(PythonText.lines(text, budget));
            case "startswith" -> arguments -> anyOf(arguments.require(0, "prefix"), String::startsWith);
            case "endswith" -> arguments -> anyOf(arguments.require(0, "suffix"), String::endsWith);
            case "removeprefix" -> arguments -> cut(arguments.text(0, "prefix"), true);
            case "removesuffix" -> arguments -> cut(arguments.text(0, "suffix"), false);
            case "replace" ->
                arguments -> replace(
                        text,
                        arguments.text(0, "old"),
                        arguments.text(1, "new"),
                        arguments.number(2, "count", -1),
                        budget);
            case "find" -> arguments -> index(arguments.text(0, "sub"), false);
            case "rfind" -> arguments -> index(arguments.text(0, "sub"), true);
            case "count" ->
                arguments -> (long) pieces(arguments.text(0, "sub"), -1).size() - 1;
            case "join" -> arguments -> join(arguments.require(0, "iterable"));
            case "format" -> this::format;
            default -> cased(name);
        };
    }

    private @Nullable Callable cased(String name) {
        return switch (name) {
            case "upper" -> _ -> Text.derived(text.value().toUpperCase(Locale.ROOT), text);
            case "lower" -> _ -> Text.derived(text.value().toLowerCase(Locale.ROOT), text);
            case "title" -> _ -> Text.derived(PythonText.title(text.value()), text);
            case "capitalize" -> _ -> Text.derived(PythonText.capitalize(text.value()), text);
            case "isdigit", "isdecimal", "isnumeric" -> _ -> all(Character::isDigit);
            case "isalpha" -> _ -> all(Character::isLetter);
            case "isalnum" -> _ -> all(Character::isLetterOrDigit);
            case "isspace" -> _ -> all(c -> c < 0x10000 && PythonText.isSpace((char) c));
            case "isupper" -> _ -> text.value().equals(text.value().toUpperCase(Locale.ROOT)) && hasLetter();
            case "islower" -> _ -> text.value().equals(text.value().toLowerCase(Locale.ROOT)) && hasLetter();
            default -> null;
        };
    }

    private boolean all(IntPredicate kind) {
        return !text.isEmpty() && text.value().codePoints().allMatch(kind);
    }

    private boolean hasLetter() {
        return text.value().codePoints().anyMatch(Character::isLetter);
    }

    /** Without white space at its ends. */
    static Text strip(Text text, boolean left, boolean right) {
        return strip(text, left, right, c -> PythonText.isSpace((char) c));
    }

    /** Without white space, or without the given characters, at its ends. */
    static Text strip(Text text, @Nullable Object characters, boolean left, boolean right, Budget budget) {
        if (characters == null || characters instanceof None) {
            return strip(text, left, right);
        }
        if (!(characters instanceof Text set)) {
            throw TemplateRefused.fault("characters are given as a text, not as " + Values.typeName(characters));
        }
        budget.read(set.length());
        BitSet given = new BitSet();
        set.value().chars().forEach(given::set);
        return strip(text, left, right, given::get);
    }

    private static Text strip(Text text, boolean left, boolean right, IntPredicate goes) {
        String value = text.value();
        int start = 0;
        int end = value.length();
        while (left && start < end && goes.test(value.charAt(start))) {
            start++;
        }
        while (right && end > start && goes.test(value.charAt(end - 1))) {
            end--;
        }
        return text.slice(start, end);
    }

    private interface Match {
        boolean of(String whole, String part);
    }

    private boolean anyOf(Object parts, Match match) {
        if (parts instanceof Text part) {
            budget.read(Math.min(part.length(), text.length()));
            return match.of(text.value(), part.value());
        }
        return Values.elements(parts, budget).stream().anyMatch(part -> anyOf(part, match));
    }

    private Text cut(Text part, boolean atStart) {
        if (atStart && text.value().startsWith(part.value())) {
            return text.slice(part.length(), text.length());
        }
        boolean atEnd = !atStart && text.value().endsWith(part.value());
        return atEnd ? text.slice(0, text.length() - part.length()) : text;
    }

    private Sequence split(Arguments arguments, boolean fromEnd) {
        Object separator = arguments.get(0, "sep");
        long limit = arguments.number(1, "maxsplit", -1);
        if (separator == null || separator instanceof None) {
            return Sequence.list(words(limit, fromEnd));
        }
        if (!(separator instanceof Text part) || part.isEmpty()) {
            throw TemplateRefused.fault("a text is split at a text that is not empty");
        }
        return Sequence.list(fromEnd ? piecesFromEnd(part, limit) : pieces(part, limit));
    }

    private List<Text> words(long limit, boolean fromEnd) {
        List<Text> words = new ArrayList<>();
        Text rest = strip(text, !fromEnd, fromEnd);
        while (!rest.isEmpty() && (limit < 0 || words.size() < limit)) {
            budget.text(rest.length());
            int cut = fromEnd ? lastSpace(rest.value()) : firstSpace(rest.value());
            words.add(fromEnd ? rest.slice(cut, rest.length()) : rest.slice(0, cut));
            rest = strip(fromEnd ? rest.slice(0, cut) : rest.slice(cut, rest.length()), !fromEnd, fromEnd);
        }
        if (!rest.isEmpty()) {
            words.add(rest);
        }
        return fromEnd ? words.reversed() : words;
    }

    private static int firstSpace(String value) {
        int at = 0;
        while (at < value.length() && !PythonText.isSpace(value.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int lastSpace(String value) {
        int at = value.length();
        while (at > 0 && !PythonText.isSpace(value.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private List<Text> pieces(Text separator, long limit) {
        if (separator.isEmpty()) {
            throw TemplateRefused.fault("an empty text is everywhere");
        }
        budget.search(text.length(), separator.length());
        List<Text> pieces = new ArrayList<>();
        int start = 0;
        for (int at = next(separator, 0);
                at >= 0 && (limit < 0 || pieces.size() < limit);
                at = next(separator, start)) {
            pieces.add(text.slice(start, at));
            start = at + separator.length();
            Budget.requireElements(pieces.size());
        }
        pieces.add(text.slice(start, text.length()));
        budget.elements(pieces.size());
        return pieces;
    }

    private int next(Text separator, int from) {
        return text.value().indexOf(separator.value(), from);
    }

    private List<Text> piecesFromEnd(Text separator, long limit) {
        budget.search(text.length(), separator.length());
        List<Text> pieces = new ArrayList<>();
        int end = text.length();
        while (limit < 0 || pieces.size() < limit) {
            int at = text.value().lastIndexOf(separator.value(), end - separator.length());
            if (at < 0 || end < separator.length()) {
                break;
            }
            pieces.add(text.slice(at + separator.length(), end));
            Budget.requireElements(pieces.size());
            end = at;
        }
        pieces.add(text.slice(0, end));
        budget.elements(pieces.size());
        return pieces.reversed();
    }

    static Text replace(Text text, Text old, Text replacement, long count, Budget budget) {
        List<Text> pieces = new TextMethods(text, budget).pieces(old, count);
        return joined(pieces, replacement, budget);
    }

    private Text join(Object parts) {
        List<Text> texts = new ArrayList<>();
        for (Object part : Values.elements(parts, budget)) {
            if (!(part instanceof Text element)) {
                throw TemplateRefused.fault("'join' joins texts, not " + Values.typeName(part));
            }
            texts.add(element);
        }
        return joined(texts, text, budget);
    }

    static Text joined(List<Text> parts, Text separator, Budget budget) {
        Text.Builder out = new Text.Builder();
        boolean first = true;
        for (Text part : parts) {
            budget.text(
                    (long) out.length() + part.length() + separator.length() > Budget.MAX_TEXT
                            ? Budget.MAX_TEXT + 1L
                            : (long) part.length() + separator.length());
            if (!first) {
                out.append(separator);
            }
            out.append(part);
            first = false;
        }
        return out.build();
    }

    private Object index(Text part, boolean last) {
        budget.search(text.length(), part.length());
        int at = last ? text.value().lastIndexOf(part.value()) : next(part, 0);
        return at < 0 ? -1L : (long) text.value().codePointCount(0, at);
    }

    /** {@code {}}, <code>{0}</code> and <code>{name}</code>, without a format; more is refused. */
    private Object format(Arguments arguments) {
        Text.Builder out = new Text.Builder();
        int automatic = 0;
        String value = text.value();
        for (int at = 0; at < value.length(); at++) {
            char c = value.charAt(at);
            if ((c == '{' || c == '}') && value.startsWith(String.valueOf(c), at + 1)) {
                out.append(text, at, ++at);
            } else if (c == '{') {
                int close = value.indexOf('}', at);
                String field = close < 0 ? "!" : value.substring(at + 1, close);
                Object filled = field(field, automatic, arguments);
                automatic += field.isEmpty() ? 1 : 0;
                Text shown = PythonText.str(filled, budget);
                budget.text((long) out.length() + shown.length());
                out.append(shown);
                at = close;
            } else {
                out.append(text, at, at + 1);
            }
        }
        return out.build();
    }

    private static Object field(String field, int automatic, Arguments arguments) {
        if (!field.isEmpty() && !field.chars().allMatch(c -> c == '_' || Character.isLetterOrDigit(c))) {
            throw TemplateRefused.fault("'format' knows fields without a format only, not {" + field + "}");
        }
        boolean numbered =
                field.isEmpty() || (field.length() < 4 && field.chars().allMatch(Character::isDigit));
        int place = !numbered ? Integer.MAX_VALUE : field.isEmpty() ? automatic : Integer.parseInt(field);
        return arguments.require(place, field);
    }
}
