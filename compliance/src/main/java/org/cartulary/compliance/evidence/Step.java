package org.cartulary.compliance.evidence;

/** The points between the acts of a publication at which a crash leaves different things behind. */
enum Step {
    COMMITTED,
    TILES_WRITTEN,
    CHECKPOINT_WRITTEN,
    CLEANED,
    SHARD_CLOSED,
    SHARD_PUBLISHED,
    SHARD_MOVED
}
