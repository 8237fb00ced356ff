package org.cartulary.verifier.log;

import java.util.List;
import org.cartulary.verifier.leaf.Leaf;
import org.cartulary.verifier.note.Checkpoint;

/** What is checked about an entry beyond the log itself: nothing for a directory, its disclosure for a bundle. */
public interface EntryCheck {
    /** Checks nothing. */
    EntryCheck NONE = entry -> List.of();

    /**
     * Checks one entry; called on several threads.
     *
     * @return the verified checkpoints that were met and must be shown to be prefixes of the log
     */
    List<Claim> check(Entry entry);

    /**
     * An entry of the log. Its bytes are those of the entry bundle.
     *
     * @param leaf null if its form does not hold, which was recorded
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes as they lie in files: never changed, never compared as a record
    record Entry(
            long index,
            byte[] bytes,
            int from,
            int to,
            byte[] hash,
            @org.jspecify.annotations.Nullable Leaf leaf) {}

    /** A checkpoint of the same log that some file embeds. */
    record Claim(String where, Checkpoint checkpoint) {}
}
