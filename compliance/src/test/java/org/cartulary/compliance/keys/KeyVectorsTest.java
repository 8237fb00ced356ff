package org.cartulary.compliance.keys;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.cartulary.compliance.testing.Wycheproof;
import org.cartulary.compliance.testing.Wycheproof.Vector;
import org.junit.jupiter.api.Test;

/** Project Wycheproof's vectors of what seals and what derives. */
class KeyVectorsTest {
    /** All that have a key of 256 bits, a nonce of 96 and a tag of 128: nothing else is ever sealed. */
    @Test
    void aSealOpensTheValidVectorsOfAesGcmAndNoOthers() throws Exception {
        aesGcm().assertAccepted(39, 27, vector -> {
            try {
                return Arrays.equals(Seal.open(key(vector), vector.bytes("aad"), sealed(vector)), vector.bytes("msg"));
            } catch (AEADBadTagException e) {
                return false;
            }
        });
    }

    @Test
    void aRecordsNumberIsEightBytesOfAssociatedData() throws Exception {
        aesGcm().where(vector -> vector.bytes("aad").length == Long.BYTES).assertAccepted(2, 0, vector -> {
            long record = ByteBuffer.wrap(vector.bytes("aad")).getLong();
            return Arrays.equals(Seal.open(key(vector), record, sealed(vector)), vector.bytes("msg"));
        });
    }

    /** Those without salt, as passwords are derived; all of these are valid. */
    @Test
    void aMasterKeyDerivesWhatTheVectorsOfHkdfSay() throws Exception {
        Wycheproof.read(Wycheproof.FOLDER, "hkdf_sha256")
                .where(vector -> vector.bytes("salt").length == 0)
                .assertAccepted(23, 0, vector -> {
                    byte[] derived = new MasterKey(vector.bytes("ikm"))
                            .derived(
                                    vector.bytes("info"),
                                    vector.test().required("size").intValue());
                    return Arrays.equals(derived, vector.bytes("okm"));
                });
    }

    private static Wycheproof aesGcm() throws Exception {
        return Wycheproof.read(Wycheproof.FOLDER, "aes_gcm")
                .where(vector -> vector.group().required("keySize").intValue() == 256
                        && vector.group().required("ivSize").intValue() == 96
                        && vector.group().required("tagSize").intValue() == 128);
    }

    private static SecretKey key(Vector vector) {
        return new SecretKeySpec(vector.bytes("key"), "AES");
    }

    private static byte[] sealed(Vector vector) {
        byte[] nonce = vector.bytes("iv");
        byte[] ciphertext = vector.bytes("ct");
        byte[] tag = vector.bytes("tag");
        return ByteBuffer.allocate(nonce.length + ciphertext.length + tag.length)
                .put(nonce)
                .put(ciphertext)
                .put(tag)
                .array();
    }
}
