package org.cartulary.ingest;

import java.util.UUID;
import org.cartulary.compliance.identity.Principal;

/**
 * A job as a worker holds it.
 *
 * @param document the id under which the original is staged, and that its document will have
 * @param sha256 of the file
 * @param attempts times it was taken up, this one included
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record QueuedFile(
        UUID id,
        UUID collection,
        String path,
        UUID document,
        byte[] sha256,
        long bytes,
        Principal actor,
        int attempts) {}
