package org.cartulary.verifier.bundle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.cartulary.verifier.note.SignedNote;
import org.cartulary.verifier.note.VerifierKey;
import org.cartulary.verifier.report.CheckFailed;

/** {@code manifest.note}: the bytes of {@code manifest.json} again, signed as a C2SP note. */
final class ManifestNote {
    static final int MAX_BYTES = Manifest.MAX_BYTES + 1 + SignedNote.MAX_SIGNATURE_BYTES;

    private static final String WHERE = BundleFiles.MANIFEST_NOTE;

    private ManifestNote() {}

    /** Verifies that one of {@code keys} signed exactly these bytes of a manifest. */
    static void verify(MemorySegment note, byte[] manifest, List<VerifierKey> keys) {
        int length = manifest.length;
        long shorter = Math.min(note.byteSize(), length);
        long difference = MemorySegment.mismatch(note, 0, shorter, MemorySegment.ofArray(manifest), 0, length);
        if (difference >= 0) {
            throw new CheckFailed(
                    WHERE, "the bytes of manifest.json as its text", "a difference at byte " + difference);
        }
        if (note.byteSize() == length || note.get(ValueLayout.JAVA_BYTE, length) != '\n') {
            throw new CheckFailed(WHERE, "an empty line after the text", "none");
        }
        byte[] lines = note.asSlice(length + 1L).toArray(ValueLayout.JAVA_BYTE);
        new SignedNote(manifest, SignedNote.parseSignatures(lines, WHERE)).verifiedBy(keys, WHERE);
    }
}
