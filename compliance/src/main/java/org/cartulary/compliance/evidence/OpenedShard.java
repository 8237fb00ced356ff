package org.cartulary.compliance.evidence;

import org.cartulary.compliance.keys.Pseudonyms;
import org.cartulary.compliance.tlog.LogDirectory;
import org.cartulary.compliance.tlog.NoteVerifier;

/**
 * A shard with its tree, its files and its keys.
 *
 * @param directory {@code HOME/log} for the open one, {@code HOME/log/<name>} for the others
 */
record OpenedShard(Shard shard, TreeStore store, LogDirectory directory, NoteVerifier verifier, Pseudonyms pseudonyms) {
    int id() {
        return shard.id();
    }

    String origin() {
        return shard.origin();
    }
}
