package org.cartulary.verifier.note;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.cartulary.verifier.tree.Sha256;

/**
 * An Ed25519 verifier key, written as a C2SP vkey: {@code <name>+<id>+<base64 of 0x01 and the public key>}. Immutable.
 *
 * @param name who signs; for a log this is its origin
 * @param id first four bytes of SHA-256(name || 0x0A || 0x01 || public key)
 */
public record VerifierKey(String name, int id, PublicKey publicKey) {
    /** Longest text of keys that is read. */
    public static final int MAX_TEXT_CHARS = 65_536;

    private static final byte ED25519 = 1;
    private static final int RAW_BYTES = 33;
    /** DER of a SubjectPublicKeyInfo for Ed25519 up to the key itself (RFC 8410 section 4). */
    private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    /**
     * Reads vkeys, one a line; empty lines and lines that start with {@code #} are passed over.
     *
     * @throws IllegalArgumentException with a sentence for the user if a line is no usable key or there is none
     */
    public static List<VerifierKey> parseAll(String text) {
        if (text.length() > MAX_TEXT_CHARS) {
            throw new IllegalArgumentException("longer than " + MAX_TEXT_CHARS + " characters");
        }
        List<VerifierKey> keys = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                keys.add(parse(line.strip()));
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no key in it");
        }
        return keys;
    }

    /** Reads one vkey. */
    public static VerifierKey parse(String vkey) {
        if (vkey.startsWith("PRIVATE+KEY+")) {
            throw new IllegalArgumentException("this is a private signing key; give the verifier key (log.vkey)");
        }
        String[] parts = vkey.split("\\+", 3); // the base64 part may hold plus signs
        if (parts.length != 3 || !SignedNote.isKeyName(parts[0]) || !parts[1].matches("[0-9a-f]{8}")) {
            throw new IllegalArgumentException("not a line of the form <name>+<8 hex digits>+<base64>");
        }
        byte[] raw = Base64.getDecoder().decode(parts[2]);
        if (raw.length != RAW_BYTES || raw[0] != ED25519) {
            throw new IllegalArgumentException("key of " + parts[0] + " is not an Ed25519 key (type 0x01, 32 bytes)");
        }
        int id = idOf(parts[0], raw);
        if (id != Integer.parseUnsignedInt(parts[1], 16)) {
            throw new IllegalArgumentException("key of " + parts[0] + " states the id " + parts[1]
                    + ", but name and key have the id " + hex(id) + "; it was altered or mistyped");
        }
        return new VerifierKey(parts[0], id, publicKey(raw));
    }

    /** Whether {@code signature} is one of this key over {@code message}. */
    boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(publicKey);
            ed25519.update(message);
            return ed25519.verify(signature);
        } catch (SignatureException e) {
            return false; // not even the encoding of a signature
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime cannot verify Ed25519; use a complete one.", e);
        }
    }

    /** Name and id, as findings name a key. */
    public String shown() {
        return name + "+" + hex(id);
    }

    static String hex(int id) {
        return "%08x".formatted(id);
    }

    private static int idOf(String name, byte[] raw) {
        byte[] hash = Sha256.ofThread().of((name + "\n").getBytes(StandardCharsets.UTF_8), raw);
        return HexFormat.fromHexDigits(HexFormat.of().formatHex(hash, 0, 4));
    }

    private static PublicKey publicKey(byte[] raw) {
        byte[] spki = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + RAW_BYTES - 1);
        System.arraycopy(raw, 1, spki, SPKI_PREFIX.length, RAW_BYTES - 1);
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a point on Ed25519", e);
        }
    }
}
