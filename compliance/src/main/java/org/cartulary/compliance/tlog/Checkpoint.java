package org.cartulary.compliance.tlog;

import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of a tree (C2SP tlog-checkpoint), without extension lines.
 *
 * @param origin names the log
 * @param size number of leaves
 * @param root Merkle Tree Hash, 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent")
public record Checkpoint(String origin, long size, byte[] root) {
    private static final Pattern TEXT = Pattern.compile("([^\n]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]{43}=)\n");

    /** The text that is signed. */
    public String text() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
    }

    /** Reads such a text. */
    public static Checkpoint parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a checkpoint of origin, size and root");
        }
        byte[] root = Base64.getDecoder().decode(matcher.group(3));
        return new Checkpoint(matcher.group(1), Long.parseLong(matcher.group(2)), root);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Checkpoint that
                && origin.equals(that.origin)
                && size == that.size
                && Arrays.equals(root, that.root);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(root);
    }
}
