package org.cartulary.compliance.rights;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.cartulary.compliance.canonical.CanonicalJson;

/**
 * What one principal may read, as of one policy version; retrieval puts it into its queries.
 *
 * @param policyVersion grows with every change of rights
 * @param collections ids; empty means that nothing may be read, never everything
 */
public record ReadFilter(long policyVersion, SortedSet<UUID> collections) {
    public ReadFilter {
        collections = Collections.unmodifiableSortedSet(new TreeSet<>(collections));
    }

    /** Hex SHA-256 of the RFC 8785 form of this filter, collections sorted as text: what evidence holds of it. */
    public String digest() {
        List<String> ids = collections.stream().map(UUID::toString).sorted().toList();
        byte[] canonical = CanonicalJson.bytes(Map.of("collections", ids, "policyVersion", policyVersion));
        return HexFormat.of().formatHex(sha256(canonical));
    }

    /** The same rights within one collection; nothing where that collection is not among them. */
    public ReadFilter narrowedTo(UUID collection) {
        SortedSet<UUID> narrowed = new TreeSet<>();
        if (collections.contains(collection)) {
            narrowed.add(collection);
        }
        return new ReadFilter(policyVersion, narrowed);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }
}
