package org.cartulary.compliance.rights;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.cartulary.compliance.canonical.CanonicalJson;

/**
 * What one principal may read, as of one policy version; retrieval puts it into its queries. A document may be read when
 * it lies in one of the collections and bears one of the markings.
 *
 * @param policyVersion grows with every change of rights
 * @param readable for each collection that may be read, the markings that may; empty means nothing, never everything
 */
public record ReadFilter(long policyVersion, SortedMap<UUID, SortedSet<Long>> readable) {
    public ReadFilter {
        TreeMap<UUID, SortedSet<Long>> copy = new TreeMap<>();
        readable.forEach((collection, markings) ->
                copy.put(collection, Collections.unmodifiableSortedSet(new TreeSet<>(markings))));
        readable = Collections.unmodifiableSortedMap(copy);
    }

    /** Ids of the collections that may be read, though perhaps no document in them. */
    public SortedSet<UUID> collections() {
        return new TreeSet<>(readable.keySet());
    }

    /** Ids of the markings that may be read. */
    public SortedSet<Long> markings() {
        SortedSet<Long> all = new TreeSet<>();
        for (SortedSet<Long> markings : readable.values()) {
            all.addAll(markings);
        }
        return all;
    }

    /** Hex SHA-256 of the RFC 8785 form of this filter: what evidence holds of it. */
    public String digest() {
        SortedMap<String, Object> collections = new TreeMap<>();
        readable.forEach((collection, markings) -> collections.put(collection.toString(), markings));
        byte[] canonical = CanonicalJson.bytes(Map.of("readable", collections, "policyVersion", policyVersion));
        return HexFormat.of().formatHex(sha256(canonical));
    }

    /** The same rights within one collection; nothing where that collection is not among them. */
    public ReadFilter narrowedTo(UUID collection) {
        SortedSet<Long> markings = readable.get(collection);
        return new ReadFilter(
                policyVersion, markings == null ? new TreeMap<>() : new TreeMap<>(Map.of(collection, markings)));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }
}
