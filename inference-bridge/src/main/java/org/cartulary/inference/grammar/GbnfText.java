package org.cartulary.inference.grammar;

import org.cartulary.inference.InferenceRefused;

/** The text of a grammar and how far it is read. Refusals tell the place and never the text. One thread. */
final class GbnfText {
    /** Past the last character. */
    static final int END = -1;

    /** A code point that no text holds: what the grammar writes beyond Unicode. */
    static final int BEYOND = Character.MAX_CODE_POINT + 1;

    private static final int MAX_NUMBER = 1_000_000_000;

    private final String text;
    private int at;

    GbnfText(String text) {
        this.text = text;
    }

    /** The next character, unread. */
    int peek() {
        return peek(0);
    }

    private int peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : END;
    }

    /** Whether this comes next; it is read then. */
    boolean took(String expected) {
        boolean there = text.startsWith(expected, at);
        at += there ? expected.length() : 0;
        return there;
    }

    void require(String expected) {
        if (!took(expected)) {
            throw expected("\"" + expected + "\"");
        }
    }

    /** Reads over blanks and comments, and over ends of lines too where these mean nothing. */
    void blanks(boolean lines) {
        while (peek() == ' ' || peek() == '\t' || peek() == '#' || (lines && atLineEnd())) {
            if (peek() == '#') {
                while (peek() != END && !atLineEnd()) {
                    at++;
                }
            } else {
                at++;
            }
        }
    }

    private boolean atLineEnd() {
        return peek() == '\r' || peek() == '\n';
    }

    /** Reads the end of a rule: of its line, or of the text. */
    void lineEnd() {
        if (peek() != END && !took("\r\n") && !took("\n") && !took("\r")) {
            throw expected("something to match, \"|\", or the end of the line");
        }
    }

    boolean atName() {
        return isWord(peek());
    }

    String name() {
        int start = at;
        while (atName()) {
            at++;
        }
        if (at == start) {
            throw expected("the name of a rule, of letters, digits and \"-\"");
        }
        return text.substring(start, at);
    }

    private static boolean isWord(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || isDigit(c);
    }

    boolean atNumber() {
        return isDigit(peek());
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    int number() {
        if (!atNumber()) {
            throw expected("a number");
        }
        long value = 0;
        while (atNumber()) {
            value = value * 10 + (peek() - '0');
            if (value > MAX_NUMBER) {
                throw expected("a smaller number");
            }
            at++;
        }
        return (int) value;
    }

    /** Reads up to the next of these, which is read too, and gives all of it. */
    String upTo(char last) {
        int end = text.indexOf(last, at);
        if (end < 0) {
            at = text.length();
            throw expected("\"" + last + "\"");
        }
        String found = text.substring(at, end + 1);
        at = end + 1;
        return found;
    }

    /** Whether a range goes on here; a "-" before the closing bracket is one of the characters. */
    boolean tookRange() {
        boolean range = peek() == '-' && peek(1) != ']';
        at += range ? 1 : 0;
        return range;
    }

    /** Reads one character of a literal or a class, which may be escaped. */
    int character() {
        if (peek() == END) {
            throw expected("more: a literal or a class is not closed");
        }
        if (peek() != '\\') {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            return c;
        }
        int escape = peek(1);
        at += escape == END ? 1 : 2;
        return switch (escape) {
            case 'x' -> hex(2);
            case 'u' -> hex(4);
            case 'U' -> hex(8);
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'n' -> '\n';
            case '\\', '"', '[', ']', '-' -> escape;
            default -> {
                at--;
                throw expected("one of x u U t r n \\ \" [ ] - after a backslash");
            }
        };
    }

    private int hex(int digits) {
        long value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = peek() == END ? -1 : Character.digit(peek() < 0x80 ? peek() : ' ', 16);
            if (digit < 0) {
                throw expected(digits + " hexadecimal digits");
            }
            value = (value << 4) | digit;
            at++;
        }
        return (int) Math.min(value, BEYOND);
    }

    InferenceRefused expected(String what) {
        return GrammarRefused.because("cannot be read " + place(at) + ": expected " + what);
    }

    int position() {
        return at;
    }

    String place(int position) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < position; i++) {
            char c = text.charAt(i);
            if (c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'))) {
                line++;
                lineStart = i + 1;
            }
        }
        return "in line " + line + ", column " + (position - lineStart + 1);
    }
}
