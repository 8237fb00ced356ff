package org.cartulary.verifier.note;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Signatures of RFC 8032 section 7.1, and what is like them but none. Above all a signature has one spelling: S is below the
 * order of the group (section 5.1.7), or whoever sees a receipt could make another of it.
 */
class Ed25519VectorsTest {
    /** 2^252 + 27742317777372353535851937790883648493 */
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    record Vector(String publicKey, String message, String signature) {
        boolean verifies(byte[] text, byte[] bytes) {
            byte[] typed =
                    ByteBuffer.allocate(33).put((byte) 1).put(hex(publicKey)).array();
            return KeyType.NOTE
                    .verified(KeyType.NOTE.publicKey(typed), "any", text, bytes)
                    .isPresent();
        }
    }

    static Vector[] vectors() {
        return new Vector[] {
            new Vector(
                    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                    "",
                    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                            + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
            new Vector(
                    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                    "72",
                    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
            new Vector(
                    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
                    "af82",
                    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                            + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")
        };
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void verifiesTheSignaturesOfTheStandard(Vector vector) {
        assertThat(vector.verifies(hex(vector.message), hex(vector.signature))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void refusesEveryFlippedBitOfSignatureAndMessage(Vector vector) {
        byte[] signature = hex(vector.signature);
        for (int bit = 0; bit < signature.length * 8; bit++) {
            assertThat(vector.verifies(hex(vector.message), flipped(signature, bit)))
                    .as("bit %d of the signature", bit)
                    .isFalse();
        }
        byte[] message = hex(vector.message);
        for (int bit = 0; bit < message.length * 8; bit++) {
            assertThat(vector.verifies(flipped(message, bit), signature)).isFalse();
        }
        assertThat(vector.verifies(Arrays.copyOf(message, message.length + 1), signature))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void refusesTheSameSignatureInAnotherSpelling(Vector vector) {
        byte[] signature = hex(vector.signature);
        for (int times = 1; times <= 7; times++) {
            BigInteger s = number(signature).add(ORDER.multiply(BigInteger.valueOf(times)));
            assertThat(vector.verifies(hex(vector.message), withNumber(signature, s)))
                    .as("S plus %d times the order", times)
                    .isFalse();
        }
        assertThat(vector.verifies(hex(vector.message), withNumber(signature, ORDER.subtract(number(signature)))))
                .isFalse();
        for (BigInteger s : new BigInteger[] {BigInteger.ZERO, BigInteger.ONE, ORDER}) {
            assertThat(vector.verifies(hex(vector.message), withNumber(signature, s)))
                    .isFalse();
        }
    }

    @Test
    void refusesSignaturesOfAnotherKeyMessageOrLength() {
        Vector[] all = vectors();
        for (Vector vector : all) {
            for (Vector other : all) {
                boolean same = vector.equals(other);
                assertThat(vector.verifies(hex(vector.message), hex(other.signature)))
                        .isEqualTo(same);
                assertThat(vector.verifies(hex(other.message), hex(vector.signature)))
                        .isEqualTo(same);
            }
            byte[] signature = hex(vector.signature);
            assertThat(vector.verifies(hex(vector.message), new byte[0])).isFalse();
            assertThat(vector.verifies(hex(vector.message), Arrays.copyOf(signature, 63)))
                    .isFalse();
            assertThat(vector.verifies(hex(vector.message), Arrays.copyOf(signature, 65)))
                    .isFalse();
            assertThat(vector.verifies(hex(vector.message), new byte[64])).isFalse();
        }
    }

    private static BigInteger number(byte[] signature) {
        byte[] bigEndian = new byte[32];
        for (int i = 0; i < 32; i++) {
            bigEndian[i] = signature[63 - i];
        }
        return new BigInteger(1, bigEndian);
    }

    private static byte[] withNumber(byte[] signature, BigInteger s) {
        byte[] changed = Arrays.copyOf(signature, 64);
        for (int i = 0; i < 32; i++) {
            changed[32 + i] = s.shiftRight(8 * i).byteValue();
        }
        return changed;
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        return flipped;
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
