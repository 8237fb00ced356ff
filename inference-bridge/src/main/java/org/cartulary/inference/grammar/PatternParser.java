package org.cartulary.inference.grammar;

import java.util.ArrayList;
import java.util.List;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.grammar.Symbol.*;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of ECMA-262 as rules: characters, classes, groups, alternatives and repetitions. It must be
 * anchored at both ends. Neither looking around, nor back references, nor word borders are regular enough for a grammar.
 */
final class PatternParser {
    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_NESTING = 20;

    private final RuleSet rules;
    private final String pointer;
    private final String pattern;
    private int at;
    private int depth;

    private PatternParser(RuleSet rules, String pointer, String pattern) {
        this.rules = rules;
        this.pointer = pointer;
        this.pattern = pattern;
    }

    static Symbol parse(RuleSet rules, String pointer, String pattern) {
        PatternParser parser = new PatternParser(rules, pointer, pattern);
        if (pattern.length() > MAX_LENGTH) {
            throw parser.refused("it is longer than " + MAX_LENGTH + " characters");
        }
        if (!pattern.startsWith("^")) {
            throw parser.refused("it must begin with ^ and end with $, or else it says nothing of the whole text");
        }
        parser.at = 1;
        Symbol sequence = parser.sequence();
        if (!parser.next('$') || parser.at != pattern.length()) {
            throw parser.refused("it must end with its only $; put alternatives between parentheses");
        }
        return sequence;
    }

    private Symbol alternatives() {
        if (++depth > MAX_NESTING) {
            throw refused("it nests deeper than " + MAX_NESTING);
        }
        List<Symbol> options = new ArrayList<>(List.of(sequence()));
        while (next('|')) {
            options.add(sequence());
        }
        depth--;
        return Symbol.choice(options);
    }

    private Symbol sequence() {
        List<Symbol> parts = new ArrayList<>();
        while (at < pattern.length() && "|)$".indexOf(pattern.charAt(at)) < 0) {
            parts.add(repeated(atom()));
        }
        return new Sequence(parts);
    }

    private Symbol atom() {
        int c = pattern.codePointAt(at);
        at += Character.charCount(c);
        return switch (c) {
            case '(' -> group();
            case '[' -> symbol(characterClass());
            case '.' -> symbol(new CharacterSet().complement());
            case '\\' -> symbol(escape());
            case '^', '*', '+', '?', '{', '}', ']' ->
                throw refused("'" + (char) c + "' stands where a character should, at offset " + (at - 1));
            default -> symbol(new CharacterSet().add(c, c));
        };
    }

    private Symbol group() {
        if (next('?') && !next(':')) {
            throw refused("it looks around, names a group or sets a flag at offset " + at);
        }
        Symbol inner = alternatives();
        if (!next(')')) {
            throw refused("a parenthesis is not closed");
        }
        return inner;
    }

    private Symbol symbol(CharacterSet set) {
        Symbol symbol = set.symbol();
        if (symbol == null) {
            throw refused("it has a class of characters that allows none, before offset " + at);
        }
        return symbol;
    }

    private CharacterSet characterClass() {
        boolean negated = next('^');
        CharacterSet set = new CharacterSet();
        while (!next(']')) {
            if (at >= pattern.length()) {
                throw refused("a bracket is not closed");
            }
            Integer from = single(set);
            boolean range = at + 1 < pattern.length() && pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']';
            if (from == null) {
                continue;
            }
            int to = from;
            if (range) {
                at++;
                Integer end = single(set);
                if (end == null || end < from) {
                    throw refused("a range of characters has no end, before offset " + at);
                }
                to = end;
            }
            set.add(from, to);
        }
        return negated ? set.complement() : set;
    }

    /** One character of a class; null where a whole set was added instead. */
    private @Nullable Integer single(CharacterSet set) {
        int c = pattern.codePointAt(at);
        at += Character.charCount(c);
        if (c != '\\') {
            return c;
        }
        int start = at;
        CharacterSet escaped = escape();
        if ("dDwWsS".indexOf(pattern.charAt(start)) >= 0) {
            set.add(escaped);
            return null;
        }
        return escaped.only();
    }

    private CharacterSet escape() {
        if (at >= pattern.length()) {
            throw refused("it ends with a backslash");
        }
        char c = pattern.charAt(at++);
        return switch (c) {
            case 'd' -> digits();
            case 'D' -> digits().complement();
            case 'w' -> words();
            case 'W' -> words().complement();
            case 's' -> spaces();
            case 'S' -> spaces().complement();
            case 'n' -> new CharacterSet().add('\n', '\n');
            case 't' -> new CharacterSet().add('\t', '\t');
            case 'r' -> new CharacterSet().add('\r', '\r');
            case 'x' -> code(2);
            case 'u' -> code(4);
            default -> {
                if (Character.isLetterOrDigit(c)) {
                    throw refused("the escape \\" + c + " is not known here");
                }
                yield new CharacterSet().add(c, c);
            }
        };
    }

    private static CharacterSet digits() {
        return new CharacterSet().add('0', '9');
    }

    private static CharacterSet words() {
        return digits().add('a', 'z').add('A', 'Z').add('_', '_');
    }

    private static CharacterSet spaces() {
        return new CharacterSet().add('\t', '\n').add('\r', '\r').add(' ', ' ').add(0xA0, 0xA0);
    }

    private CharacterSet code(int digits) {
        try {
            int code = Integer.parseInt(pattern, at, at + digits, 16);
            at += digits;
            return new CharacterSet().add(code, code);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw refused("a hexadecimal escape is broken");
        }
    }

    private Symbol repeated(Symbol part) {
        int least = 1;
        Integer most = 1;
        if (next('*')) {
            least = 0;
            most = null;
        } else if (next('+')) {
            most = null;
        } else if (next('?')) {
            least = 0;
        } else if (next('{')) {
            least = number();
            most = !next(',')
                    ? (Integer) least
                    : at < pattern.length() && pattern.charAt(at) == '}' ? null : (Integer) number();
            if (!next('}') || (most != null && most < least)) {
                throw refused("a repetition in braces is broken");
            }
        } else {
            return part;
        }
        // A lazy repetition matches the same texts.
        next('?');
        return new Repeat(rules.named(part), least, most);
    }

    private int number() {
        int start = at;
        while (at < pattern.length() && Character.isDigit(pattern.charAt(at))) {
            at++;
        }
        if (at == start || at - start > 5 || Integer.parseInt(pattern, start, at, 10) > SchemaRules.MAX_REPETITIONS) {
            throw refused("a repetition needs a number of at most " + SchemaRules.MAX_REPETITIONS);
        }
        return Integer.parseInt(pattern, start, at, 10);
    }

    private boolean next(char wanted) {
        boolean found = at < pattern.length() && pattern.charAt(at) == wanted;
        at += found ? 1 : 0;
        return found;
    }

    private InferenceRefused refused(String why) {
        return SchemaRefused.unsupported(pointer, "pattern", why);
    }
}
