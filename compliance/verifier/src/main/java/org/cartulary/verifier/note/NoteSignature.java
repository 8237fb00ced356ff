package org.cartulary.verifier.note;

import java.nio.ByteBuffer;
import java.util.Base64;

/** One signature line of a note: who claims to have signed, with which key id, and the signature itself. */
@SuppressWarnings("ArrayRecordComponent") // bytes as they lie in files: never changed, never compared as a record
public record NoteSignature(String name, int keyId, byte[] bytes) {
    /** Whether it says that it is of this key. */
    public boolean names(VerifierKey key) {
        return keyId == key.id() && name.equals(key.name());
    }

    /** As it stands in a note, with its newline. */
    public String line() {
        byte[] blob = ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .putInt(keyId)
                .put(bytes)
                .array();
        return "— " + name + " " + Base64.getEncoder().encodeToString(blob) + "\n";
    }

    String shown() {
        return name + "+" + VerifierKey.hex(keyId);
    }
}
