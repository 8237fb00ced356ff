package org.cartulary.verifier.witness;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cartulary.verifier.note.Checkpoint;
import org.cartulary.verifier.note.Decimal;
import org.cartulary.verifier.note.StrictBase64;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.tree.Sha256;

/**
 * What a log sends to be cosigned (the body of add-checkpoint), read and not yet verified.
 *
 * @param oldSize that the log believes to be the last one that the witness cosigned
 * @param proof of consistency between that and the checkpoint
 * @param checkpoint with the log's signature
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they lie in files: never changed, never compared as a record
record Submission(long oldSize, List<byte[]> proof, byte[] checkpoint) {
    /** Longest that is read, in bytes. */
    static final int MAX_BYTES = Checkpoint.MAX_BYTES;

    private static final int MAX_PROOF = 63;
    private static final String WHERE = "submission";

    /** Reads one, or fails with {@link CheckFailed}. */
    static Submission parse(byte[] body) {
        int end = firstEmptyLine(body);
        String[] lines = new String(body, 0, end, StandardCharsets.UTF_8).split("\n", -1); // the last is empty
        if (!lines[0].startsWith("old ")) {
            throw new CheckFailed(WHERE, "a first line \"old <size>\"", "\"" + shortened(lines[0]) + "\"");
        }
        long oldSize = Decimal.parse(lines[0].substring("old ".length()), WHERE + " (old size)");
        if (lines.length - 2 > MAX_PROOF) {
            throw new CheckFailed(WHERE, "at most " + MAX_PROOF + " hashes", (lines.length - 2) + " lines");
        }
        List<byte[]> proof = new ArrayList<>();
        for (int i = 1; i < lines.length - 1; i++) {
            proof.add(StrictBase64.decode(lines[i], Sha256.BYTES, WHERE + " (proof)"));
        }
        return new Submission(oldSize, proof, Arrays.copyOfRange(body, end + 1, body.length));
    }

    /** Where the empty line begins. */
    private static int firstEmptyLine(byte[] body) {
        for (int i = 1; i < body.length; i++) {
            if (body[i - 1] == '\n' && body[i] == '\n') {
                return i;
            }
        }
        throw new CheckFailed(WHERE, "an empty line before the checkpoint", "none");
    }

    private static String shortened(String line) {
        return line.substring(0, Math.min(40, line.length()));
    }
}
