package org.cartulary.compliance.keys;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Authenticated encryption of short values: AES-256-GCM (NIST SP 800-38D), random 96-bit nonce, 128-bit tag, laid out as
 * nonce, ciphertext, tag. Thread-safe.
 */
public final class Seal {
    /** Bytes by which the sealed form is longer than the clear one. */
    public static final int OVERHEAD_BYTES = 12 + 16;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Seal() {}

    /** Seals {@code clear}; it opens only with the same key and the same {@code recordId}. */
    public static byte[] seal(SecretKey key, long recordId, byte[] clear) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = Arrays.copyOf(nonce, OVERHEAD_BYTES + clear.length);
            cipher(Cipher.ENCRYPT_MODE, key, nonce, associated(recordId))
                    .doFinal(clear, 0, clear.length, sealed, NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no AES-256-GCM", e);
        }
    }

    /** Opens what {@link #seal} made; throws {@link KeyUnusable} where key, id or bytes are not the ones of then. */
    public static byte[] open(SecretKey key, long recordId, byte[] sealed) {
        if (sealed.length < OVERHEAD_BYTES) {
            throw new KeyUnusable("Sealed record " + recordId + " is cut off: " + sealed.length + " bytes", null);
        }
        try {
            return open(key, associated(recordId), sealed);
        } catch (GeneralSecurityException e) {
            throw new KeyUnusable(
                    "Sealed record " + recordId + " does not open with its key: record or key file was altered", e);
        }
    }

    static byte[] open(SecretKey key, byte[] associated, byte[] sealed) throws GeneralSecurityException {
        byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        return cipher(Cipher.DECRYPT_MODE, key, nonce, associated)
                .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    }

    private static byte[] associated(long recordId) {
        return ByteBuffer.allocate(Long.BYTES).putLong(recordId).array();
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] associated)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(associated);
        return cipher;
    }
}
