package org.cartulary.verifier.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Signs notes with a private key as Go writes it: {@code PRIVATE+KEY+<name>+<id>+<base64 of 0x01 and the seed>}. */
public final class NoteSigner {
    private final String name;
    private final byte[] id;
    private final PrivateKey key;

    private NoteSigner(String name, byte[] id, PrivateKey key) {
        this.name = name;
        this.id = id;
        this.key = key;
    }

    /** The golden key of this name. */
    public static NoteSigner golden(String file) {
        String[] parts = Golden.text(file + ".skey").strip().split("\\+", 5);
        byte[] raw = Base64.getDecoder().decode(parts[4]);
        return new NoteSigner(parts[2], HexFormat.of().parseHex(parts[3]), privateKey(Arrays.copyOfRange(raw, 1, 33)));
    }

    /** A signer of any name, with the golden key of the log {@code other}: another appliance. */
    public static NoteSigner named(String name) {
        byte[] typed =
                Base64.getDecoder().decode(Golden.text("other.vkey").strip().split("\\+", 3)[2]);
        byte[] id = Arrays.copyOf(sha256(join((name + "\n").getBytes(StandardCharsets.UTF_8), typed)), 4);
        return new NoteSigner(name, id, golden("other").key);
    }

    public String name() {
        return name;
    }

    /** The verifier key of a signer that {@link #named} made. */
    public String vkey() {
        String[] parts = Golden.text("other.vkey").strip().split("\\+", 3);
        return name + "+" + HexFormat.of().formatHex(id) + "+" + parts[2];
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The note whose text, with its last newline, is {@code text}. */
    public byte[] sign(byte[] text) {
        return join(text, "\n".getBytes(StandardCharsets.UTF_8), line(text).getBytes(StandardCharsets.UTF_8));
    }

    public String sign(String text) {
        return text + "\n" + line(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One signature line. */
    public String line(byte[] text) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(key);
            ed25519.update(text);
            return "— " + name + " " + Base64.getEncoder().encodeToString(join(id, ed25519.sign())) + "\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PrivateKey privateKey(byte[] seed) {
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] join(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
