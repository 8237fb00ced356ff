package org.cartulary.retrieval.originals;

import java.util.UUID;

/**
 * A file that arrived, stored and encrypted, waiting for its document.
 *
 * @param document the id made for its document
 * @param sha256 of its bytes, 32 bytes
 * @param bytes how many
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StagedOriginal(UUID document, byte[] sha256, long bytes) {}
