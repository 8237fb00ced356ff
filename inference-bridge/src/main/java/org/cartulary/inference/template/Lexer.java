package org.cartulary.inference.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cartulary.inference.template.Token.Kind;

/**
 * Cuts a template into words, as Jinja2's lexer does with {@code trim_blocks} and {@code lstrip_blocks}: the newline
 * after a tag goes, and so does the white space between the start of a line and a tag.
 */
final class Lexer {
    private static final Pattern RAW = Pattern.compile("\\s*+raw\\s*+(-?)%\\}");
    private static final Pattern END_RAW = Pattern.compile("\\{%([-+]?)\\s*+endraw\\s*+([-+]?)%\\}");
    private static final Pattern NUMBER =
            Pattern.compile("\\d++(?:_\\d++)*+(\\.\\d++(?:_\\d++)*+)?+([eE][+-]?\\d++)?+");
    private static final List<String> OPERATORS = List.of(
            "**", "//", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<",
            "=", ".", ":", "|", ",", ";");

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineCountedTo;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String template) {
        String normal = template.replace("\r\n", "\n").replace('\r', '\n');
        return new Lexer(normal.endsWith("\n") ? normal.substring(0, normal.length() - 1) : normal).all();
    }

    private List<Token> all() {
        while (at < source.length()) {
            int open = nextOpening();
            if (open < 0) {
                text(at, source.length());
                at = source.length();
            } else {
                opening(open);
            }
        }
        add(Kind.END, "");
        return tokens;
    }

    private int nextOpening() {
        for (int i = source.indexOf('{', at); i >= 0 && i + 1 < source.length(); i = source.indexOf('{', i + 1)) {
            char next = source.charAt(i + 1);
            if (next == '{' || next == '%' || next == '#') {
                return i;
            }
        }
        return -1;
    }

    private void opening(int open) {
        char kind = source.charAt(open + 1);
        int after = open + 2;
        char sign = after < source.length() ? source.charAt(after) : ' ';
        boolean signed = sign == '-' || sign == '+';
        text(at, endOfTextBefore(open, signed ? sign : ' ', kind != '{'));
        at = signed ? after + 1 : after;
        switch (kind) {
            case '#' -> comment();
            case '{' -> inside(Kind.OUTPUT_BEGIN, Kind.OUTPUT_END, '}');
            default -> tag();
        }
    }

    /** Where the text before a tag ends, once its white space went as the tag wants. */
    private int endOfTextBefore(int open, char sign, boolean lineStartCounts) {
        int end = open;
        while (end > at && PythonText.isSpace(source.charAt(end - 1))) {
            end--;
        }
        if (sign == '-') {
            return end;
        }
        int lineStart = source.lastIndexOf('\n', open - 1) + 1;
        boolean blank = end <= lineStart || end == at;
        boolean fromLineStart = lineStart >= at;
        return lineStartCounts && sign != '+' && blank && fromLineStart ? Math.max(at, lineStart) : open;
    }

    private void comment() {
        int close = source.indexOf("#}", at);
        if (close < 0) {
            throw TemplateRefused.syntax(line(), "a comment has no end");
        }
        char sign = close > at ? source.charAt(close - 1) : ' ';
        at = close + 2;
        skipAfter(sign, true);
    }

    private void tag() {
        Matcher raw = RAW.matcher(source).region(at, source.length());
        if (!raw.lookingAt()) {
            inside(Kind.TAG_BEGIN, Kind.TAG_END, '%');
            return;
        }
        at = raw.end();
        skipAfter(raw.group(1).isEmpty() ? ' ' : '-', false);
        Matcher end = END_RAW.matcher(source);
        if (!end.find(at)) {
            throw TemplateRefused.syntax(line(), "'raw' has no 'endraw'");
        }
        char before = end.group(1).isEmpty() ? ' ' : end.group(1).charAt(0);
        text(at, endOfTextBefore(end.start(), before, true));
        at = end.end();
        skipAfter(end.group(2).isEmpty() ? ' ' : end.group(2).charAt(0), true);
    }

    private void inside(Kind begin, Kind end, char mark) {
        add(begin, "");
        int nesting = 0;
        while (true) {
            skipSpace();
            if (at >= source.length()) {
                throw TemplateRefused.syntax(line(), "a tag has no end");
            }
            if (nesting == 0 && closes(mark)) {
                add(end, "");
                skipEnd(mark);
                return;
            }
            word();
            Token last = tokens.getLast();
            if (last.kind() == Kind.OPERATOR) {
                nesting += "([{".contains(last.text()) ? 1 : ")]}".contains(last.text()) ? -1 : 0;
                if (nesting < 0) {
                    throw TemplateRefused.syntax(line(), "unexpected " + last);
                }
            }
        }
    }

    private boolean closes(char mark) {
        char sign = source.charAt(at);
        int offset = sign == '-' || (sign == '+' && mark == '%') ? 1 : 0;
        return source.startsWith(mark + "}", at + offset);
    }

    private void skipEnd(char mark) {
        char sign = source.charAt(at);
        at += sign == mark ? 2 : 3;
        skipAfter(sign, mark == '%');
    }

    private void skipAfter(char sign, boolean trimsNewline) {
        if (sign == '-') {
            skipSpace();
        } else if (sign != '+' && trimsNewline && at < source.length() && source.charAt(at) == '\n') {
            at++;
        }
    }

    private void skipSpace() {
        while (at < source.length() && PythonText.isSpace(source.charAt(at))) {
            at++;
        }
    }

    private void word() {
        char first = source.charAt(at);
        if (first == '"' || first == '\'') {
            string(first);
        } else if (first >= '0' && first <= '9') {
            number();
        } else if (first == '_' || Character.isLetter(first)) {
            int start = at;
            while (at < source.length() && isNamePart(source.charAt(at))) {
                at++;
            }
            add(Kind.NAME, source.substring(start, at));
        } else {
            operator();
        }
    }

    private static boolean isNamePart(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private void operator() {
        String operator = OPERATORS.stream()
                .filter(candidate -> source.startsWith(candidate, at))
                .findFirst()
                .orElseThrow(() -> TemplateRefused.syntax(line(), "unexpected character '" + source.charAt(at) + "'"));
        add(Kind.OPERATOR, operator);
        at += operator.length();
    }

    private void number() {
        Matcher number = NUMBER.matcher(source).region(at, source.length());
        if (!number.lookingAt()) {
            throw TemplateRefused.syntax(line(), "a number was expected");
        }
        String digits = number.group().replace("_", "");
        boolean whole = number.group(1) == null && number.group(2) == null;
        try {
            Object value = whole ? (Object) Long.valueOf(digits) : (Object) Double.valueOf(digits);
            tokens.add(new Token(Kind.NUMBER, digits, value, line()));
        } catch (NumberFormatException e) {
            throw TemplateRefused.syntax(line(), "the number " + digits + " is too large");
        }
        at = number.end();
    }

    private void string(char quote) {
        int end = at + 1;
        while (end < source.length() && source.charAt(end) != quote) {
            end += source.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= source.length()) {
            throw TemplateRefused.syntax(line(), "a string has no end");
        }
        add(Kind.STRING, PythonText.unescape(source.substring(at + 1, end)));
        at = end + 1;
    }

    private void text(int from, int to) {
        if (to > from) {
            add(Kind.TEXT, source.substring(from, to));
        }
    }

    private void add(Kind kind, String text) {
        tokens.add(new Token(kind, text, text, line()));
    }

    private int line() {
        for (; lineCountedTo < at && lineCountedTo < source.length(); lineCountedTo++) {
            line += source.charAt(lineCountedTo) == '\n' ? 1 : 0;
        }
        return line;
    }
}
