package org.cartulary.verifier.note;

/** One signature line of a note: who claims to have signed, with which key id, and the signature itself. */
@SuppressWarnings("ArrayRecordComponent") // bytes as they lie in files: never changed, never compared as a record
public record NoteSignature(String name, int keyId, byte[] bytes) {
    boolean names(VerifierKey key) {
        return keyId == key.id() && name.equals(key.name());
    }

    String shown() {
        return name + "+" + VerifierKey.hex(keyId);
    }
}
