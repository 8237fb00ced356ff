package org.cartulary.verifier.bundle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.cartulary.verifier.note.Checkpoint;
import org.cartulary.verifier.note.ReceiptProof;
import org.cartulary.verifier.note.StrictBase64;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.tree.InclusionProof;
import org.cartulary.verifier.tree.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Receipts of entries that stand one after the other. Neighbours share most of their way to the root: where a receipt, read
 * and hashed from its leaf up, comes to the same node with the same hash as the last one that was verified, and has the very
 * same bytes from there to its end, checkpoint and signatures included, it proves the same root. Nothing else is taken for
 * granted, and what does not come to that point is verified from end to end elsewhere. One thread.
 */
final class ReceiptRow {
    private static final byte[] HEAD = "c2sp.org/tlog-proof@v1\nindex ".getBytes(StandardCharsets.US_ASCII);
    private static final int HASH_CHARS = 44;
    private static final int LINE_BYTES = HASH_CHARS + 1;
    private static final int MAX_LINES = 64;

    /** The receipt that was verified last, whose path begins at {@code pathAt}. */
    private byte[] last = {};

    private int pathAt;
    private int lines;
    private @Nullable Checkpoint checkpoint;

    /** Where its way led: before each line, and behind the last, the height, place and hash of the node. */
    private final int[] heights = new int[MAX_LINES];

    private final long[] nodes = new long[MAX_LINES];
    private final byte[][] hashes = new byte[MAX_LINES][];

    /** The checkpoint that a receipt proves its entry into; null where that does not follow from the last one. */
    @Nullable
    Checkpoint follow(byte[] receipt, long index, byte[] leafHash) {
        Checkpoint same = checkpoint;
        int at = pathStart(receipt, index);
        if (same == null || at < 0 || index >= same.size() || InclusionProof.pathLength(index, same.size()) != lines) {
            return null;
        }
        int tail = at + lines * LINE_BYTES;
        if (receipt.length - tail != last.length - pathAt - lines * LINE_BYTES || tail > receipt.length) {
            return null;
        }
        checkpoint = null; // until it is found to hold, as what it is compared with is overwritten on the way
        if (meets(receipt, at, index, same.size(), leafHash)) {
            checkpoint = same;
            last = receipt;
            pathAt = at;
        }
        return checkpoint;
    }

    /** Takes note of a receipt that was verified from end to end. */
    void verified(byte[] receipt, ReceiptProof proof, byte[] leafHash, Checkpoint proven) {
        checkpoint = null;
        int at = pathStart(receipt, proof.index());
        if (at < 0 || proof.path().size() >= MAX_LINES) {
            return; // another spelling of the same, with a line between
        }
        last = receipt;
        pathAt = at;
        lines = proof.path().size();
        Arrays.fill(hashes, null);
        if (!meets(receipt, at, proof.index(), proven.size(), leafHash)
                && Arrays.equals(hashes[lines], proven.root())) {
            checkpoint = proven;
        }
    }

    /** Where the path of a receipt begins whose first two lines are those that an entry has; -1 where they differ. */
    private static int pathStart(byte[] receipt, long index) {
        byte[] digits = Long.toString(index).getBytes(StandardCharsets.US_ASCII);
        int end = HEAD.length + digits.length;
        boolean same = receipt.length > end
                && Arrays.equals(receipt, 0, HEAD.length, HEAD, 0, HEAD.length)
                && Arrays.equals(receipt, HEAD.length, end, digits, 0, digits.length)
                && receipt[end] == '\n';
        return same ? end + 1 : -1;
    }

    /** Goes up from the leaf, noting the way, until it is the last one's; whether it comes to be that. */
    private boolean meets(byte[] receipt, int at, long index, long size, byte[] leafHash) {
        long node = index;
        long edge = size - 1;
        int height = 0;
        byte[] hash = leafHash;
        for (int line = 0; ; line++) {
            while (line < lines && (node & 1) == 0 && node == edge) { // without a sibling it moves up unchanged
                node >>= 1;
                edge >>= 1;
                height++;
            }
            int from = at + line * LINE_BYTES;
            if (heights[line] == height
                    && nodes[line] == node
                    && Arrays.equals(hashes[line], hash)
                    && Arrays.equals(receipt, from, receipt.length, last, pathAt + line * LINE_BYTES, last.length)) {
                return true;
            }
            heights[line] = height;
            nodes[line] = node;
            hashes[line] = hash;
            byte[] sibling = line < lines ? hash(receipt, from) : null;
            if (sibling == null) {
                return false;
            }
            hash = (node & 1) == 1
                    ? Sha256.ofThread().node(sibling, hash)
                    : Sha256.ofThread().node(hash, sibling);
            node >>= 1;
            edge >>= 1;
            height++;
        }
    }

    private static byte @Nullable [] hash(byte[] receipt, int from) {
        if (from + HASH_CHARS >= receipt.length || receipt[from + HASH_CHARS] != '\n') {
            return null;
        }
        try {
            return StrictBase64.decode(receipt, from, from + HASH_CHARS, Sha256.BYTES, "");
        } catch (CheckFailed e) {
            return null;
        }
    }
}
