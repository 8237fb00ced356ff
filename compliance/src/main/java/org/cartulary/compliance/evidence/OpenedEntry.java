package org.cartulary.compliance.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entry with what it seals, for those who may look into evidence.
 *
 * @param shard by its number
 * @param index in the tree; null until it has its place
 * @param actor pseudonym
 * @param clear what stands in clear, with the digests of what is sealed: its leaf
 * @param sealed its sealed fields; empty once their key was destroyed
 */
public record OpenedEntry(
        long number,
        EntryType type,
        Instant time,
        int shard,
        @Nullable Long index,
        String actor,
        JsonNode clear,
        Optional<JsonNode> sealed) {}
