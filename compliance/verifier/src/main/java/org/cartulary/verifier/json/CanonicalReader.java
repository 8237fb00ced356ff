package org.cartulary.verifier.json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.report.Finding;
import org.erdtman.jcs.NumberToJSON;
import org.jspecify.annotations.Nullable;

/**
 * Walks once through a canonical JSON text (RFC 8785). Every method fails with {@link CheckFailed} at the first byte
 * that the canonical form does not allow there: white space, another spelling of a string or number, names that are
 * unsorted or double, bytes that are not UTF-8. One thread.
 */
public final class CanonicalReader {
    /** Deepest nesting that is read. */
    public static final int MAX_DEPTH = 64;

    /** Longest number that is read, in characters; the canonical form of a double has at most 25. */
    private static final int MAX_NUMBER_CHARS = 32;

    private static final long LARGEST_EXACT = (1L << 53) - 1;
    private static final int EXACT_DIGITS = 15;

    private final byte[] bytes;
    private final int end;
    private final String where;
    private final CanonicalText text;
    /** The last name read in each open object; for an array an unused empty one, so that its depth counts. */
    private final Deque<String> lastNames = new ArrayDeque<>();

    private int at;

    /** Reads {@code bytes} from {@code from} to {@code to}; {@code where} names the text in findings. */
    public CanonicalReader(byte[] bytes, int from, int to, String where) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
        this.where = where;
        this.text = new CanonicalText(bytes, to, where);
    }

    /** Position of the next byte. */
    public int position() {
        return at;
    }

    public void beginObject() {
        expect('{');
        open();
    }

    /** The next name of the innermost object, its value following, or null where the object ends. */
    public @Nullable String nextName() {
        boolean first = bytes[at - 1] == '{'; // behind a field stands the end of its value
        if (peek() == '}') {
            at++;
            lastNames.removeFirst();
            return null;
        }
        if (!first) {
            expect(',');
        }
        String name = string();
        String last = lastNames.getFirst();
        if (!first && last.compareTo(name) >= 0) {
            throw failure("names in ascending order", Finding.quoted(name) + " after " + Finding.quoted(last));
        }
        lastNames.removeFirst();
        lastNames.addFirst(name);
        expect(':');
        return name;
    }

    /** Takes the next name, which must be {@code name}. */
    public void name(String name) {
        String found = nextName();
        if (!name.equals(found)) {
            throw failure(
                    "field " + Finding.quoted(name), found == null ? "the end of the object" : Finding.quoted(found));
        }
    }

    /** Takes the end of the innermost object. */
    public void endObject() {
        String more = nextName();
        if (more != null) {
            throw failure("no further field", Finding.quoted(more));
        }
    }

    public String string() {
        String value = text.read(at);
        at = text.end();
        return value;
    }

    /** Takes the string that is spelled by these bytes, which need no escape; false where another value stands. */
    public boolean takeString(byte[] spelling) {
        int from = at + 1;
        int to = from + spelling.length;
        boolean same = to < end
                && bytes[at] == '"'
                && bytes[to] == '"'
                && Arrays.equals(bytes, from, to, spelling, 0, spelling.length);
        if (same) {
            at = to + 1;
        }
        return same;
    }

    /** A whole number from 0 to 2^53 - 1. */
    public long count() {
        int from = at;
        long value = 0;
        while (at < end && at - from < EXACT_DIGITS && bytes[at] >= '0' && bytes[at] <= '9') {
            value = value * 10 + (bytes[at++] - '0');
        }
        boolean whole = at > from && (at - from == 1 || bytes[from] != '0');
        if (whole && (at == end || bytes[at] == ',' || bytes[at] == '}' || bytes[at] == ']')) {
            return value;
        }
        at = from;
        return longCount();
    }

    /** An array of such numbers. */
    public List<Long> counts() {
        List<Long> counts = new ArrayList<>();
        expect('[');
        while (peek() != ']') {
            if (!counts.isEmpty()) {
                expect(',');
            }
            counts.add(count());
        }
        at++;
        return counts;
    }

    /** Also says what is wrong with what is no such number. */
    private long longCount() {
        String token = number();
        if (!token.chars().allMatch(c -> c >= '0' && c <= '9') || Double.parseDouble(token) > LARGEST_EXACT) {
            throw failure("a whole number from 0 to 2^53 - 1", token);
        }
        return Long.parseLong(token);
    }

    /** Whether null stands next; takes it if so. */
    public boolean takeNull() {
        if (peek() != 'n') {
            return false;
        }
        literal("null");
        return true;
    }

    /** Whether an object, and not another kind of value, stands next. */
    public boolean atObject() {
        return peek() == '{';
    }

    /** Takes a value of any kind. */
    public void skip() {
        switch (peek()) {
            case '{' -> skipObject();
            case '[' -> skipArray();
            case '"' -> at = text.skip(at);
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        }
    }

    /** Passes over a value that was read elsewhere and ends before {@code position}. */
    public void skipTo(int position) {
        at = position;
    }

    /** Takes one byte that must be {@code c}. */
    public void expect(char c) {
        if (peek() != c) {
            throw failure("'" + c + "'", shownNext());
        }
        at++;
    }

    /** Requires that the text ends here. */
    public void end() {
        if (at != end) {
            throw failure("the end of the text", shownNext());
        }
    }

    /** A finding at the current position. */
    public CheckFailed failure(String expected, String found) {
        return new CheckFailed(where + ", byte " + at, expected, found);
    }

    private void skipObject() {
        beginObject();
        while (nextName() != null) {
            skip();
        }
    }

    private void skipArray() {
        expect('[');
        open();
        boolean first = true;
        while (peek() != ']') {
            if (!first) {
                expect(',');
            }
            skip();
            first = false;
        }
        at++;
        lastNames.removeFirst();
    }

    private void open() {
        if (lastNames.size() == MAX_DEPTH) {
            throw failure("nesting of at most " + MAX_DEPTH, "deeper");
        }
        lastNames.addFirst("");
    }

    private String number() {
        int from = at;
        while (at < end && at - from <= MAX_NUMBER_CHARS && "+-.0123456789e".indexOf(bytes[at]) >= 0) {
            at++;
        }
        String token = new String(bytes, from, at - from, StandardCharsets.US_ASCII);
        if (!isCanonical(token)) {
            at = from;
            throw failure("a canonical number or other value", token.isEmpty() ? shownNext() : token);
        }
        return token;
    }

    private static boolean isCanonical(String token) {
        if (isShortWhole(token)) {
            return true;
        }
        try {
            return NumberToJSON.serializeNumber(Double.parseDouble(token)).equals(token);
        } catch (NumberFormatException | IOException e) {
            return false; // no number, or not finite
        }
    }

    /** Whole numbers of up to 15 digits are canonical as they stand, without the cost of a double's way there. */
    private static boolean isShortWhole(String token) {
        if (token.isEmpty() || token.length() > EXACT_DIGITS || (token.length() > 1 && token.charAt(0) == '0')) {
            return false;
        }
        for (int i = 0; i < token.length(); i++) {
            if (token.charAt(i) < '0' || token.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private void literal(String word) {
        for (int i = 0; i < word.length(); i++) {
            expect(word.charAt(i));
        }
    }

    private int peek() {
        return at < end ? bytes[at] : -1;
    }

    private String shownNext() {
        return at < end ? "0x%02x".formatted(bytes[at]) : "the end of the text";
    }
}
