package org.cartulary.verifier.note;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.report.Finding;
import org.cartulary.verifier.tree.Sha256;

/**
 * A C2SP checkpoint whose signature was verified: the head of a log.
 *
 * @param origin name of the log
 * @param size number of entries
 * @param root RFC 6962 root over them, 32 bytes
 * @param signers whose signatures were verified: name, id and algorithm of each key
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they lie in files: never changed, never compared as a record
public record Checkpoint(String origin, long size, byte[] root, List<String> signers) {
    /** Longest checkpoint that is read, signatures included, in bytes. */
    public static final int MAX_BYTES = 1 << 20;

    /**
     * Reads a checkpoint and verifies that a log of the policy signed it, and as many witnesses as the policy asks for.
     *
     * @throws CheckFailed if it has another form, or no such log signed, or too few witnesses, or a signature of a known key
     *     is not valid
     */
    public static Checkpoint open(byte[] note, TrustPolicy policy, String where) {
        Opened opened = Opened.of(note, policy, where);
        policy.requireQuorum(opened.signatures(), where);
        return opened.checkpoint();
    }

    /** As {@link #open}, whether witnesses signed or not: for what is compared with a checkpoint that they did sign. */
    public static Checkpoint openUnwitnessed(byte[] note, TrustPolicy policy, String where) {
        return Opened.of(note, policy, where).checkpoint();
    }

    /** Reads what a checkpoint says, whoever signed it: for what something else vouches for. */
    public static Checkpoint unsigned(byte[] note, String where) {
        return parse(new String(SignedNote.parse(note, where).text(), StandardCharsets.UTF_8), where);
    }

    /** Whether both are of the same log, size and root. */
    public boolean isSameAs(Checkpoint other) {
        return origin.equals(other.origin) && size == other.size && Arrays.equals(root, other.root);
    }

    /** Who signed, for a report. */
    public String signedBy() {
        return "signed by " + String.join(" and ", signers);
    }

    private record Opened(Checkpoint checkpoint, List<SignedNote.Verified> signatures) {
        static Opened of(byte[] note, TrustPolicy policy, String where) {
            if (note.length > MAX_BYTES) {
                throw new CheckFailed(where, "at most " + MAX_BYTES + " bytes", note.length + " bytes");
            }
            SignedNote signed = SignedNote.parse(note, where);
            List<SignedNote.Verified> signers = signed.verifiedBy(policy.keys(), where);
            Checkpoint checkpoint = parse(new String(signed.text(), StandardCharsets.UTF_8), where);
            if (signers.stream().noneMatch(signer -> policy.isLog(signer.key(), checkpoint.origin))) {
                throw new CheckFailed(
                        where,
                        "a signature by the log " + Finding.quoted(checkpoint.origin) + " itself",
                        "one by " + signers.getFirst().key().shown());
            }
            policy.requireCosigned(checkpoint.origin, signers, where);
            return new Opened(checkpoint.with(signers), signers);
        }
    }

    /** The text that is signed, read. */
    static Checkpoint parse(String text, String where) {
        String[] lines = text.split("\n", -1); // the text ends in a newline, so the last element is empty
        if (lines.length < 4) {
            throw new CheckFailed(where, "origin, size and root, a line each", (lines.length - 1) + " lines");
        }
        for (int i = 0; i < lines.length - 1; i++) {
            if (lines[i].isEmpty()) {
                throw new CheckFailed(where, "no empty line in the text", "line " + (i + 1) + " is empty");
            }
        }
        long size = Decimal.parse(lines[1], where + " (size)");
        byte[] root = StrictBase64.decode(lines[2], Sha256.BYTES, where + " (root)");
        return new Checkpoint(lines[0], size, root, List.of());
    }

    private Checkpoint with(List<SignedNote.Verified> signatures) {
        List<String> names = signatures.stream()
                .map(SignedNote.Verified::key)
                .map(key -> key.shown() + " (" + key.type().algorithm() + ")")
                .distinct()
                .toList();
        return new Checkpoint(origin, size, root, names);
    }
}
