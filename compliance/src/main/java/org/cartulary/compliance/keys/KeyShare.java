package org.cartulary.compliance.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One share of a master key, as a text that can be printed and typed in again. It says which set it is of and how many make
 * the key; of the key itself, one share alone says nothing.
 *
 * @param set 16 hexadecimal digits, at random for each set
 * @param number from 1 up; the place at which the polynomials were evaluated
 * @param of how many there are
 * @param threshold how many make the key
 * @param part 32 bytes, the polynomials' values
 */
@SuppressWarnings("ArrayRecordComponent")
record KeyShare(String set, int number, int of, int threshold, byte[] part) {
    /** Most shares of a set. */
    static final int MOST = 100;

    private static final String VERSION = "cartulary-key-share v1";
    private static final int CHECK_BYTES = 8;
    private static final int GROUP = 8;
    private static final Pattern TEXT =
            Pattern.compile("cartulary-key-share v1\nset ([0-9a-f]{16})\nshare ([0-9]{1,3}) of"
                    + " ([0-9]{1,3})\nthreshold ([0-9]{1,3})\npart ([0-9a-f ]+)\ncheck ([0-9a-f ]+)");

    /** The text of its file. */
    String text() {
        String body = body();
        return body + "check " + grouped(HexFormat.of().formatHex(check(body))) + "\n";
    }

    String fileName() {
        return "cartulary-share-" + set + "-" + number + "-of-" + of + ".txt";
    }

    private String body() {
        return VERSION + "\nset " + set + "\nshare " + number + " of " + of + "\nthreshold " + threshold + "\npart "
                + grouped(HexFormat.of().formatHex(part)) + "\n";
    }

    /** Against slips of the pen, not against forgers: it is of this share alone, so that it says nothing of the key either. */
    private static byte[] check(String body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.US_ASCII));
            return Arrays.copyOf(digest, CHECK_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }

    private static String grouped(String digits) {
        return digits.replaceAll("(.{" + GROUP + "})(?=.)", "$1 ");
    }

    /**
     * Reads a share, whichever way its spaces and letters were typed.
     *
     * @param name of its file, for messages
     * @throws KeyUnusable that names it, where it is no share or was altered
     */
    static KeyShare parse(String text, String name) {
        String typed = text.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[ \t\r]+", " ")
                .replaceAll(" ?\n[ \n]*", "\n");
        Matcher matcher = TEXT.matcher(typed);
        if (!matcher.matches()) {
            throw new KeyUnusable(
                    name + " is no share of a master key: it has six lines, of which the first is \"" + VERSION + "\"",
                    null);
        }
        String part = matcher.group(5).replace(" ", "");
        String check = matcher.group(6).replace(" ", "");
        if (part.length() != 2 * KeyFiles.KEY_BYTES || check.length() != 2 * CHECK_BYTES) {
            throw new KeyUnusable(
                    name + " has " + part.length() + " and " + check.length()
                            + " digits where part and check have 64 and 16: compare it with the paper",
                    null);
        }
        KeyShare share = new KeyShare(
                matcher.group(1),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                Integer.parseInt(matcher.group(4)),
                HexFormat.of().parseHex(part));
        if (!Arrays.equals(check(share.body()), HexFormat.of().parseHex(check))) {
            throw new KeyUnusable(name + " was altered or mistyped: its check line does not fit the others", null);
        }
        return share;
    }
}
