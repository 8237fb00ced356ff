package org.cartulary.compliance.evidence;

import java.time.Instant;
import org.cartulary.compliance.tlog.Frontier;

/** The tree as the database has it, with the checkpoint that was signed for it. */
record LogState(Frontier frontier, String note, Instant signedAt) {
    long size() {
        return frontier.size();
    }
}
