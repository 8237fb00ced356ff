package org.cartulary.retrieval.catalog;

import java.util.UUID;

/**
 * A document that could not be read.
 *
 * @param id the id under which its original is staged
 * @param mediaType as far as it is known
 * @param reason a sentence that a person can act on
 */
@SuppressWarnings("ArrayRecordComponent") // drafts are written, never compared
public record FailedDraft(
        UUID id, UUID collection, String path, String mediaType, byte[] sha256, long bytes, String reason) {}
