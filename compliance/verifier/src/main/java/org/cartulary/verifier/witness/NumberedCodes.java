package org.cartulary.verifier.witness;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cartulary.verifier.tree.Sha256;

/**
 * A text as one QR code or, where that is too long, as numbered ones. Each of several begins with a line
 * {@code cartulary K/N DIGEST}: which it is, of how many, and the first eight digits of the SHA-256 of the whole text. They may
 * be scanned in any order, and twice.
 */
final class NumberedCodes {
    /** Bytes in one code where nothing else is said; a consistency proof of a log of 10 million entries needs less. */
    static final int USUAL_BYTES = 1_500;

    /** Bytes in one code at least, and at most: those of the largest code there is (ISO/IEC 18004, 40-L). */
    static final int LEAST_BYTES = 100;

    static final int MOST_BYTES = 2_953;

    private static final int MOST_CODES = 99;
    private static final int HEADER_BYTES = "cartulary 99/99 01234567\n".length();
    private static final Pattern HEADER = Pattern.compile("(?m)^cartulary ([1-9]\\d?)/([1-9]\\d?) ([0-9a-f]{8})\n");

    /**
     * A signature line whose dash is not what it was: it is not ASCII, and scanners that type as a keyboard, or take UTF-8 for
     * something else, make one to three other signs of it.
     */
    private static final Pattern LOST_DASH = Pattern.compile("(?m)^\\S{1,3} (?=\\S+ [A-Za-z0-9+/]+=*$)");

    private NumberedCodes() {}

    /**
     * What each code holds.
     *
     * @param text that ends with a newline
     * @param most bytes in one code, {@value #LEAST_BYTES} to {@value #MOST_BYTES}
     * @throws IllegalArgumentException where so many codes would be too many
     */
    static List<String> split(String text, int most) {
        if (bytes(text).length <= most) {
            return List.of(text);
        }
        List<String> pieces = pieces(text, most - HEADER_BYTES);
        if (pieces.size() > MOST_CODES) {
            throw new IllegalArgumentException(
                    "that would be " + pieces.size() + " codes: carry it as a file, or allow more bytes for each");
        }
        List<String> codes = new ArrayList<>();
        for (String piece : pieces) {
            codes.add("cartulary " + (codes.size() + 1) + "/" + pieces.size() + " " + digest(text) + "\n" + piece);
        }
        return codes;
    }

    /** Returns what {@code split} takes, or throws an {@link IllegalArgumentException}. */
    static int requireBytes(int most) {
        if (most < LEAST_BYTES || most > MOST_BYTES) {
            throw new IllegalArgumentException("a code holds " + LEAST_BYTES + " to " + MOST_BYTES + " bytes here");
        }
        return most;
    }

    /** None ends with a newline or space but the last: scanners add one, or take it away. */
    private static List<String> pieces(String text, int most) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = start;
            for (int length = 0; end < text.length(); end += Character.charCount(text.codePointAt(end))) {
                length += bytes(Character.toString(text.codePointAt(end))).length;
                if (length > most) {
                    break;
                }
            }
            while (end < text.length() && end > start + 1 && Character.isWhitespace(text.charAt(end - 1))) {
                end--;
            }
            pieces.add(text.substring(start, end));
            start = end;
        }
        return pieces;
    }

    /**
     * What was scanned, or read from a file, as it was before it was split.
     *
     * @throws IllegalArgumentException with a sentence where a code is missing or belongs to another text
     */
    static String joined(String scanned) {
        String text = scanned.replace("\r\n", "\n").replace('\r', '\n');
        SortedMap<Integer, String> pieces = new TreeMap<>();
        Matcher header = HEADER.matcher(text);
        String of = "";
        int end = -1;
        int number = 0;
        while (header.find()) {
            if (end < 0) {
                of = header.group(2) + " " + header.group(3);
            } else {
                pieces.put(number, text.substring(end, header.start()).stripTrailing());
            }
            if (!of.equals(header.group(2) + " " + header.group(3))) {
                throw new IllegalArgumentException("these codes belong to different texts: scan those of one alone");
            }
            number = Integer.parseInt(header.group(1));
            end = header.end();
        }
        if (end < 0) {
            return mended(text);
        }
        pieces.put(number, text.substring(end).stripTrailing());
        return whole(pieces, of);
    }

    private static String whole(SortedMap<Integer, String> pieces, String of) {
        int count = Integer.parseInt(of.substring(0, of.indexOf(' ')));
        for (int number = 1; number <= count; number++) {
            if (!pieces.containsKey(number)) {
                throw new IllegalArgumentException("code " + number + " of " + count + " is missing: scan it too");
            }
        }
        String text = mended(String.join("", pieces.values()));
        if (pieces.size() != count || !of.endsWith(" " + digest(text))) {
            throw new IllegalArgumentException("a code was not read as it was drawn: scan all " + count + " again");
        }
        return text;
    }

    private static String mended(String text) {
        String dashed = LOST_DASH.matcher(text).replaceAll("— ");
        return dashed.isEmpty() || dashed.endsWith("\n") ? dashed : dashed + "\n";
    }

    private static String digest(String text) {
        return HexFormat.of().formatHex(Sha256.ofThread().of(bytes(text)), 0, 4);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
