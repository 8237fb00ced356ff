package org.cartulary.compliance.evidence;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the log stands, for health and for people.
 *
 * @param shard that is written to
 * @param size leaves of its tree that a checkpoint covers which is committed in the database, and can be proved
 * @param publishedSize leaves of the tree that the published checkpoint covers, which follows at once
 * @param checkpointTime when the published checkpoint was signed; {@link Instant#EPOCH} where none could be read since the start
 * @param pending committed entries that have no place in the tree yet, as last counted
 * @param stoppedReason why nothing can be logged, and the remedy; null while all is well
 * @param retries whether the log tries again by itself; if not, it stays stopped until the next start
 */
public record LogStatus(
        int shard,
        long size,
        long publishedSize,
        Instant checkpointTime,
        long pending,
        @Nullable String stoppedReason,
        boolean retries) {
    /** Whether a committed checkpoint covers a place in a tree. */
    boolean covers(int ofShard, long index) {
        return ofShard < shard || (ofShard == shard && index < size);
    }

    /** Whether the files have a tree of this size. */
    boolean isPublished(int ofShard, long ofSize) {
        return ofShard < shard || (ofShard == shard && ofSize <= publishedSize);
    }
}
