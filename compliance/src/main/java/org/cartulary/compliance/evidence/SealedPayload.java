package org.cartulary.compliance.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import org.cartulary.compliance.canonical.CanonicalJson;
import org.cartulary.compliance.keys.Seal;

/**
 * The sealed fields of one entry with their salts. The salts are sealed too: with them anybody could try likely
 * questions against the digests in the leaf.
 */
record SealedPayload(JsonNode fields, JsonNode salts) {
    static final int MAX_BYTES = 16 * 1024 * 1024;
    private static final int SALT_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static SortedMap<String, byte[]> freshSalts(Map<String, Object> sealed) {
        SortedMap<String, byte[]> salts = new TreeMap<>();
        for (String name : sealed.keySet()) {
            byte[] salt = new byte[SALT_BYTES];
            RANDOM.nextBytes(salt);
            salts.put(name, salt);
        }
        return salts;
    }

    /** Encrypts with the entry's own key, bound to the entry's id. */
    static byte[] seal(SecretKey key, long entryId, Map<String, Object> sealed, Map<String, byte[]> salts) {
        SortedMap<String, String> encoded = new TreeMap<>();
        salts.forEach((name, salt) -> encoded.put(name, Base64.getEncoder().encodeToString(salt)));
        byte[] clear = CanonicalJson.bytes(Map.of("payload", sealed, "salts", encoded));
        if (clear.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "An entry seals at most " + MAX_BYTES + " bytes, but these are " + clear.length);
        }
        return Seal.seal(key, entryId, clear);
    }

    /** What was sealed, as it was: RFC 8785 of an object of {@code payload} and {@code salts}. */
    static String text(SecretKey key, long entryId, byte[] sealed) {
        return new String(Seal.open(key, entryId, sealed), StandardCharsets.UTF_8);
    }

    static SealedPayload open(SecretKey key, long entryId, byte[] sealed) {
        JsonNode clear = CanonicalJson.parse(Seal.open(key, entryId, sealed));
        return new SealedPayload(clear.required("payload"), clear.required("salts"));
    }
}
