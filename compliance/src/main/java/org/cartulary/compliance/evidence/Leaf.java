package org.cartulary.compliance.evidence;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cartulary.compliance.canonical.CanonicalJson;

/**
 * The exact bytes of a leaf: RFC 8785 of type, time, number, actor, origin, the clear fields, and one salted digest for
 * each sealed field, as docs/leaf-schema.md says.
 */
final class Leaf {
    static final int MAX_BYTES = 65_535;
    private static final long SCHEMA_VERSION = 1;

    private Leaf() {}

    static byte[] encode(EntryDraft draft, Instant time, String actor, String origin, SortedMap<String, byte[]> salts) {
        SortedMap<String, Object> fields = new TreeMap<>(draft.clear());
        fields.put("v", SCHEMA_VERSION);
        fields.put("type", draft.type().wireName());
        fields.put("time", CanonicalJson.time(time));
        fields.put("number", draft.number());
        fields.put("actor", actor);
        fields.put("origin", origin);
        fields.put("digests", digests(draft.sealed(), salts));
        byte[] leaf = CanonicalJson.bytes(fields);
        if (leaf.length > MAX_BYTES) {
            throw new IllegalArgumentException("A leaf has at most " + MAX_BYTES + " bytes, but this "
                    + draft.type().wireName() + " has " + leaf.length + ": seal fewer or shorter-named fields");
        }
        return leaf;
    }

    private static SortedMap<String, String> digests(
            SortedMap<String, Object> sealed, SortedMap<String, byte[]> salts) {
        SortedMap<String, String> digests = new TreeMap<>();
        sealed.forEach((name, value) -> {
            MessageDigest sha256 = sha256();
            sha256.update(salts.get(name));
            digests.put(name, Base64.getEncoder().encodeToString(sha256.digest(CanonicalJson.bytes(value))));
        });
        return digests;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }
}
