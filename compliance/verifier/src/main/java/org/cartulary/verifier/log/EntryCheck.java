package org.cartulary.verifier.log;

import org.cartulary.verifier.leaf.Leaf;
import org.cartulary.verifier.note.Checkpoint;
import org.jspecify.annotations.Nullable;

/** What is checked about entries beyond the log itself: nothing for a directory, their disclosure for a bundle. Thread-safe. */
public interface EntryCheck {
    /** Checks nothing. */
    EntryCheck NONE = new EntryCheck() {
        @Override
        public Run run() {
            return Run.NONE;
        }

        @Override
        public String where(long index) {
            return "entry " + index;
        }
    };

    /** Begins a run of entries that stand one after the other. */
    Run run();

    /** The file that embeds the checkpoint of an entry, as findings name it. */
    String where(long index);

    /** Some entries that stand one after the other. One thread at a time. */
    interface Run {
        Run NONE = new Run() {
            @Override
            public @Nullable Checkpoint check(Entry entry) {
                return null;
            }

            @Override
            public void end() {}
        };

        /**
         * Checks the next entry.
         *
         * @return a verified checkpoint that was met and must be shown to be a prefix of the log; null where there was none
         */
        @Nullable
        Checkpoint check(Entry entry);

        /** Records what was found; called for one run after the other, in the order of the log. */
        void end();
    }

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
            @Nullable Leaf leaf) {}
}
