package org.cartulary.compliance.tlog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** Checks the notes of one Ed25519 key by its verifier key (C2SP signed-note, signature type 0x01). Immutable. */
@SuppressWarnings("ArrayRecordComponent")
public record NoteVerifier(String name, byte[] keyId, byte[] publicKey) {
    private static final byte ED25519 = 0x01;
    private static final int ED25519_BYTES = 32;

    /**
     * Reads a vkey.
     *
     * @throws IllegalArgumentException where it is none of an Ed25519 key
     */
    public static NoteVerifier parse(String vkey) {
        String[] parts = vkey.split("\\+", 3); // the base64 part may hold plus signs
        byte[] typed = parts.length == 3 ? Base64.getDecoder().decode(parts[2]) : new byte[0];
        if (typed.length != 1 + ED25519_BYTES || typed[0] != ED25519) {
            throw new IllegalArgumentException("\"" + vkey + "\" is no vkey of an Ed25519 key");
        }
        return new NoteVerifier(
                parts[0], HexFormat.of().parseHex(parts[1]), Arrays.copyOfRange(typed, 1, typed.length));
    }

    /**
     * The text of a note that this key signed.
     *
     * @throws IllegalArgumentException where no line holds a valid signature of this key
     */
    public String open(String note) {
        int split = note.lastIndexOf("\n\n");
        if (split < 0) {
            throw new IllegalArgumentException("Not a signed note: no blank line before the signatures");
        }
        String text = note.substring(0, split + 1);
        String prefix = "— " + name + " ";
        boolean signed = note.substring(split + 2)
                .lines()
                .filter(line -> line.startsWith(prefix))
                .anyMatch(line -> isSignature(line.substring(prefix.length()), text));
        if (!signed) {
            throw new IllegalArgumentException(
                    "No valid signature of " + name + "+" + HexFormat.of().formatHex(keyId));
        }
        return text;
    }

    private boolean isSignature(String encoded, String text) {
        byte[] line;
        try {
            line = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            return false;
        }
        return line.length > keyId.length
                && Arrays.equals(Arrays.copyOf(line, keyId.length), keyId)
                && isSigned(text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(line, keyId.length, line.length));
    }

    boolean isSigned(byte[] message, byte[] signature) {
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, new Ed25519PublicKeyParameters(publicKey));
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }
}
