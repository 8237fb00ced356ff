package org.cartulary.verifier.bundle;

import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.cartulary.verifier.json.CanonicalReader;
import org.cartulary.verifier.leaf.Leaf;
import org.cartulary.verifier.note.StrictBase64;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.tree.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * A disclosed record: the leaf, and the sealed values with the salts that open their digests.
 *
 * @param where names it in findings
 * @param bytes the file
 * @param leaf the exact bytes of the leaf
 * @param payload where in {@code bytes} each sealed value stands; null if it was shredded
 * @param salts by name of the value
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they lie in files: never changed, never compared as a record
record DisclosedRecord(
        String where, byte[] bytes, byte[] leaf, @Nullable Map<String, Span> payload, Map<String, byte[]> salts) {
    /** Longest record that is read. */
    static final int MAX_BYTES = 1 << 26;

    private static final int SALT_BYTES = 32;
    private static final int MAX_VALUES = 64;

    /** A part of the file, which as canonical JSON is the canonical form of the value in it. */
    record Span(int from, int to) {}

    static DisclosedRecord read(byte[] bytes, String where) {
        return read(bytes, where, null);
    }

    /** Reads a record that should repeat this leaf. */
    static DisclosedRecord read(byte[] bytes, String where, byte @Nullable [] logged) {
        if (bytes.length == 0 || bytes[bytes.length - 1] != '\n') {
            throw new CheckFailed(where, "one newline at the end", "none");
        }
        CanonicalReader reader = new CanonicalReader(bytes, 0, bytes.length - 1, where);
        reader.beginObject();
        reader.name("leaf");
        byte[] leaf = readLeaf(reader, where, logged);
        reader.name("payload");
        Map<String, Span> payload = reader.takeNull() ? null : readPayload(reader);
        reader.name("salts");
        Map<String, byte[]> salts = readSalts(reader, where);
        reader.endObject();
        reader.end();
        if (payload == null && !salts.isEmpty()) {
            throw new CheckFailed(where, "no salts where the payload was shredded", salts.size() + " salts");
        }
        return new DisclosedRecord(where, bytes, leaf, payload, salts);
    }

    /** What spells a leaf in canonical base64 is that leaf; anything else is decoded, to say how it differs. */
    private static byte[] readLeaf(CanonicalReader reader, String where, byte @Nullable [] logged) {
        if (logged != null && reader.takeString(Base64.getEncoder().encode(logged))) {
            return logged;
        }
        return StrictBase64.decode(reader.string(), where);
    }

    /** Requires that the record repeats the leaf that stands in the log. */
    void requireLeaf(byte[] logged) {
        int difference = Arrays.mismatch(leaf, logged);
        if (difference >= 0) {
            throw new CheckFailed(where, "the leaf that stands in the log", "a difference at its byte " + difference);
        }
    }

    /**
     * Requires that payload, salts and digests are about the same values, and that each digest is that of its value.
     *
     * @return false if there is nothing to compare because the payload was shredded
     */
    boolean requireDigests(Leaf logged) {
        Map<String, byte[]> digests = logged.digests();
        if (payload == null) {
            return digests.isEmpty();
        }
        requireNames("a payload", digests.keySet(), payload.keySet());
        requireNames("salts", digests.keySet(), salts.keySet());
        for (Map.Entry<String, byte[]> digest : digests.entrySet()) {
            Span span = payload.get(digest.getKey());
            byte[] salt = salts.get(digest.getKey());
            if (span == null
                    || salt == null
                    || !Arrays.equals(digest.getValue(), Sha256.ofThread().of(salt, bytes, span.from, span.to))) {
                throw new CheckFailed(
                        where + ", payload " + digest.getKey(),
                        "the value whose digest is in the leaf",
                        "another value or salt");
            }
        }
        return true;
    }

    private void requireNames(String what, Set<String> expected, Set<String> found) {
        if (!expected.equals(found)) {
            throw new CheckFailed(where, what + " for the digests " + expected, what + " for " + found);
        }
    }

    private static Map<String, Span> readPayload(CanonicalReader reader) {
        Map<String, Span> payload = new HashMap<>();
        reader.beginObject();
        for (String name = reader.nextName(); name != null; name = reader.nextName()) {
            requireFew(payload.size(), reader);
            int from = reader.position();
            reader.skip();
            payload.put(name, new Span(from, reader.position()));
        }
        return payload;
    }

    private static Map<String, byte[]> readSalts(CanonicalReader reader, String where) {
        Map<String, byte[]> salts = new HashMap<>();
        reader.beginObject();
        for (String name = reader.nextName(); name != null; name = reader.nextName()) {
            requireFew(salts.size(), reader);
            salts.put(name, StrictBase64.decode(reader.string(), SALT_BYTES, where + ", salt " + name));
        }
        return salts;
    }

    private static void requireFew(int count, CanonicalReader reader) {
        if (count == MAX_VALUES) {
            throw reader.failure("at most " + MAX_VALUES + " values", "more");
        }
    }
}
