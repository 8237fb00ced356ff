package org.cartulary.compliance.tlog;

import java.util.Base64;
import java.util.List;

/**
 * That a leaf stands in a tree.
 *
 * @param index of the leaf
 * @param path hashes from the leaf's sibling up to the root's child (RFC 6962, section 2.1.1)
 */
public record InclusionProof(long index, List<byte[]> path) {
    public InclusionProof {
        path = List.copyOf(path);
    }

    /** The offline-verifiable text (C2SP tlog-proof) with the signed checkpoint of the tree. */
    public String text(String checkpointNote) {
        StringBuilder text = new StringBuilder("c2sp.org/tlog-proof@v1\nindex ")
                .append(index)
                .append('\n');
        for (byte[] hash : path) {
            text.append(Base64.getEncoder().encodeToString(hash)).append('\n');
        }
        return text.append('\n').append(checkpointNote).toString();
    }
}
