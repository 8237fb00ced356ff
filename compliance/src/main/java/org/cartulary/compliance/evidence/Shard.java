package org.cartulary.compliance.evidence;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One tree of the log, of a year or since a change of keys: closed ones never change, and can be destroyed whole.
 *
 * @param id in their order, from 1
 * @param origin of its checkpoints, which no other shard has
 * @param vkey by which its checkpoints are verified
 * @param closedAt null for the one that is written
 */
public record Shard(
        int id,
        String origin,
        String vkey,
        Instant openedAt,
        @Nullable Instant closedAt) {
    /** What its directory and its keys are called: a year, and from the second one of a year on a number. */
    public String name() {
        return origin.substring(origin.lastIndexOf('/') + 1);
    }

    /** What all shards of the log have in common. */
    String log() {
        return origin.substring(0, origin.lastIndexOf('/') + 1);
    }
}
