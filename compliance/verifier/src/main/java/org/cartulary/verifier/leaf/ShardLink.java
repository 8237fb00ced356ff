package org.cartulary.verifier.leaf;

import java.util.List;

/**
 * What the first leaf of a shard says of the shard before.
 *
 * @param predecessor its origin
 * @param size its entries at its end
 * @param root its root then, 32 bytes
 * @param open numbers of questions that were asked in an earlier shard and not ended
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a record
public record ShardLink(String predecessor, long size, byte[] root, List<Long> open) {
    /** What its directory is called. */
    public String predecessorName() {
        return predecessor.substring(predecessor.lastIndexOf('/') + 1);
    }
}
