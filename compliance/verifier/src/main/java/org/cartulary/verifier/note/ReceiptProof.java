package org.cartulary.verifier.note;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.report.Finding;
import org.cartulary.verifier.tree.Sha256;

/**
 * A C2SP tlog-proof as it is written, not yet verified.
 *
 * @param index of the entry in the log
 * @param path sibling hashes from the leaf up
 * @param checkpoint the embedded checkpoint, its signatures included
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they lie in files: never changed, never compared as a record
public record ReceiptProof(long index, List<byte[]> path, byte[] checkpoint) {
    /** Longest proof that is read, in bytes. */
    public static final int MAX_BYTES = 1 << 20;

    private static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";
    private static final int MAX_PATH = 63;

    /** Reads a proof. An {@code extra} line is passed over: nothing vouches for it. */
    public static ReceiptProof parse(byte[] proof, String where) {
        if (proof.length > MAX_BYTES) {
            throw new CheckFailed(where, "at most " + MAX_BYTES + " bytes", proof.length + " bytes");
        }
        Lines lines = new Lines(proof, where);
        String first = lines.next();
        if (!first.equals(FIRST_LINE)) {
            throw new CheckFailed(where, "first line " + Finding.quoted(FIRST_LINE), Finding.quoted(first));
        }
        String line = lines.next();
        if (line.startsWith("extra ")) {
            StrictBase64.decode(line.substring("extra ".length()), where);
            line = lines.next();
        }
        if (!line.startsWith("index ")) {
            throw new CheckFailed(where, "\"index <number>\"", Finding.quoted(line));
        }
        long index = Decimal.parse(line.substring("index ".length()), where);
        return new ReceiptProof(index, path(lines, where), lines.rest());
    }

    private static List<byte[]> path(Lines lines, String where) {
        List<byte[]> path = new ArrayList<>();
        for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
            if (path.size() == MAX_PATH) {
                throw new CheckFailed(where, "at most " + MAX_PATH + " hashes", "more");
            }
            path.add(StrictBase64.decode(line, Sha256.BYTES, where));
        }
        return path;
    }

    /** Walks through lines, each of which must end in a newline. */
    private static final class Lines {
        private final byte[] bytes;
        private final String where;
        private int at;

        Lines(byte[] bytes, String where) {
            this.bytes = bytes;
            this.where = where;
        }

        String next() {
            int end = at;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            if (end == bytes.length) {
                throw new CheckFailed(where, "proof lines, an empty line and a checkpoint", "the end of the file");
            }
            String line = new String(bytes, at, end - at, StandardCharsets.UTF_8);
            at = end + 1;
            return line;
        }

        byte[] rest() {
            return Arrays.copyOfRange(bytes, at, bytes.length);
        }
    }
}
