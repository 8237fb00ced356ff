package org.cartulary.verifier.note;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.cartulary.verifier.tree.Sha256;

/**
 * A verifier key, written as a C2SP vkey: {@code <name>+<id>+<base64 of type and public key>}. Immutable.
 *
 * @param name who signs; for a log this is its origin
 * @param id first four bytes of SHA-256(name || 0x0A || type || public key)
 */
public record VerifierKey(String name, int id, KeyType type, PublicKey publicKey) {
    /** Longest text of keys that is read. */
    public static final int MAX_TEXT_CHARS = 65_536;

    /** The verifier key of a public key. */
    public static VerifierKey of(String name, KeyType type, PublicKey key) {
        if (!SignedNote.isKeyName(name)) {
            throw new IllegalArgumentException("A key has a name without spaces and plus signs, not " + name);
        }
        return new VerifierKey(name, idOf(name, type.typed(key)), type, key);
    }

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
        KeyType type = KeyType.of(raw)
                .orElseThrow(() -> new IllegalArgumentException("key of " + parts[0]
                        + " is neither of type 0x01 nor 0x04 (Ed25519, 32 bytes) nor 0x06 (ML-DSA-44, 1,312 bytes)"));
        int id = idOf(parts[0], raw);
        if (id != Integer.parseUnsignedInt(parts[1], 16)) {
            throw new IllegalArgumentException("key of " + parts[0] + " states the id " + parts[1]
                    + ", but name and key have the id " + hex(id) + "; it was altered or mistyped");
        }
        return new VerifierKey(parts[0], id, type, type.publicKey(raw));
    }

    /** The time of a signature of this key over a note's text, 0 where it has none; empty where it is none of this key. */
    OptionalLong verified(byte[] text, byte[] signature) {
        return type.verified(publicKey, name, text, signature);
    }

    /** Whether {@code signature} is one of this key over a note's text. */
    public boolean verifies(byte[] text, byte[] signature) {
        return verified(text, signature).isPresent();
    }

    /** As one line, without a newline. */
    public String vkey() {
        return shown() + "+" + Base64.getEncoder().encodeToString(type.typed(publicKey));
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
}
