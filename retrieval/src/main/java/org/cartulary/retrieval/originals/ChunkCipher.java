package org.cartulary.retrieval.originals;

import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM over chunks of {@value #CHUNK_BYTES} bytes in the STREAM construction (Hoang, Reyhanitabar, Rogaway,
 * Vizár: "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", 2015), so that a file of any length
 * is written and read in constant memory, and a chunk that is lost, moved or altered is noticed. Used by one thread.
 */
final class ChunkCipher {
    static final int CHUNK_BYTES = 1 << 16;
    static final int TAG_BYTES = 16;

    private final SecretKey key;
    private final Header header;
    private final byte[] associatedData;
    private int chunk;

    ChunkCipher(SecretKey key, Header header, UUID document) {
        this.key = key;
        this.header = header;
        this.associatedData = header.associatedData(document);
    }

    byte[] encrypt(byte[] plain, int length, boolean last) throws GeneralSecurityException {
        return next(Cipher.ENCRYPT_MODE, plain, length, last);
    }

    byte[] decrypt(byte[] sealed, int length, boolean last) throws GeneralSecurityException {
        return next(Cipher.DECRYPT_MODE, sealed, length, last);
    }

    private byte[] next(int mode, byte[] bytes, int length, boolean last) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, header.nonce(chunk, last)));
        chunk = Math.incrementExact(chunk);
        cipher.updateAAD(associatedData);
        return cipher.doFinal(bytes, 0, length);
    }
}
