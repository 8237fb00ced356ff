package org.cartulary.compliance.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.cartulary.compliance.keys.LogKey;

/** A named Ed25519 key that signs notes (C2SP signed-note, signature type 0x01). Thread-safe. */
public final class NoteKey {
    private static final byte ED25519 = 0x01;
    private static final int KEY_ID_BYTES = 4;

    private final String name;
    private final LogKey key;

    /**
     * Names a key.
     *
     * @param name without spaces or plus signs; for checkpoints the origin of the log
     */
    public NoteKey(String name, LogKey key) {
        if (name.isEmpty() || name.chars().anyMatch(c -> c == '+' || Character.isWhitespace(c) || c < ' ')) {
            throw new IllegalArgumentException("A key name has no spaces and no plus, but was \"" + name + "\"");
        }
        this.name = name;
        this.key = key;
    }

    public String name() {
        return name;
    }

    /** The verifier key as one line of text, without a newline. */
    public String vkey() {
        byte[] typed = typedPublicKey();
        return name + "+" + HexFormat.of().formatHex(keyId()) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    private byte[] typedPublicKey() {
        byte[] publicKey = key.publicKey();
        return ByteBuffer.allocate(1 + publicKey.length)
                .put(ED25519)
                .put(publicKey)
                .array();
    }

    private byte[] keyId() {
        MessageDigest sha256 = MerkleHash.sha256();
        sha256.update((name + "\n").getBytes(StandardCharsets.UTF_8));
        return Arrays.copyOf(sha256.digest(typedPublicKey()), KEY_ID_BYTES);
    }

    /** The note of {@code text}, which must end in a newline. */
    public String sign(String text) {
        if (!text.endsWith("\n") || text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new IllegalArgumentException("A note's text ends in a newline and has no other control characters");
        }
        byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
        byte[] line = ByteBuffer.allocate(KEY_ID_BYTES + signature.length)
                .put(keyId())
                .put(signature)
                .array();
        return text + "\n" + linePrefix() + Base64.getEncoder().encodeToString(line) + "\n";
    }

    private String linePrefix() {
        return "— " + name + " ";
    }
}
