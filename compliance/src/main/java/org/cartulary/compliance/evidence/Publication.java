package org.cartulary.compliance.evidence;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.cartulary.compliance.tlog.Checkpoint;
import org.cartulary.compliance.tlog.LogDirectory;
import org.cartulary.compliance.tlog.NoteVerifier;
import org.cartulary.compliance.tlog.TreeReader;
import org.cartulary.compliance.tlog.TreeWriter;

/**
 * Brings the log directory to the state of the database: tiles, then the checkpoint, then the removal of what that made
 * superfluous. A start after a crash runs the same code. For one thread.
 */
final class Publication {
    private final TreeStore store;
    private final LogDirectory directory;
    private final NoteVerifier key;
    private final Consumer<Step> reached;

    Publication(OpenedShard shard, Consumer<Step> reached) {
        this.store = shard.store();
        this.directory = shard.directory();
        this.key = shard.verifier();
        this.reached = reached;
    }

    /**
     * The size of the published tree, after checking that it is a past of the database's tree.
     *
     * @throws LogConflict where the two tell different histories
     */
    long verify(LogState state) throws IOException {
        Checkpoint head = checkpoint(state.note(), "The database's checkpoint");
        if (head.size() != state.size()
                || !Arrays.equals(head.root(), state.frontier().root())) {
            throw new LogConflict("The database's tree and its checkpoint disagree: restore the database");
        }
        Optional<String> note = directory.checkpoint();
        if (note.isEmpty()) {
            return requireNeverPublished(state);
        }
        Checkpoint published = checkpoint(note.get(), "The published checkpoint " + directory.path());
        if (published.size() > state.size()) {
            throw new LogConflict("The database ends at entry " + state.size() + " but entries up to "
                    + published.size() + " are published: this is an old copy of the database; put the newest one in"
                    + " place, or restore by an act of two people (cartulary restore)");
        }
        String known = store.note(published.size())
                .orElseThrow(() -> new LogConflict("The database never committed the published checkpoint of size "
                        + published.size() + ": database and log directory do not belong together"));
        requireSame(published, checkpoint(known, "The database's checkpoint"), "the database");
        requireSame(published, fromTiles(published), "its tiles");
        requireWitnessed(state);
        return published.size();
    }

    /** What witnesses have signed, or showed, is in this log, and not behind its end. */
    private void requireWitnessed(LogState state) throws IOException {
        Optional<String> witnessed = directory.witnessed();
        if (witnessed.isPresent()) {
            requireHeld(state, witnessed.get(), "the checkpoint in " + directory.path() + "/witnessed");
        }
        Optional<String> contradiction = directory.contradiction();
        if (contradiction.isPresent()) {
            requireHeld(state, contradiction.get(), "what a witness showed, " + directory.path() + "/contradiction,");
            directory.deleteContradiction();
        }
    }

    private void requireHeld(LogState state, String note, String what) {
        Checkpoint signed = checkpoint(note, what);
        if (signed.size() > state.size()) {
            throw new LogConflict("The log ends at entry " + state.size() + " but witnesses signed it at "
                    + signed.size() + " (" + what
                    + "): database and log directory are old copies; put the newest ones in"
                    + " place, or restore by an act of two people");
        }
        String known = store.note(signed.size())
                .orElseThrow(() -> new LogConflict("The database never committed " + what + " of size " + signed.size()
                        + ": database and log directory do not belong together"));
        requireSame(signed, checkpoint(known, "The database's checkpoint"), "the database");
    }

    private long requireNeverPublished(LogState state) throws IOException {
        if (state.size() > 0) {
            throw new LogConflict("The published checkpoint is missing from " + directory.path() + " while the"
                    + " database holds " + state.size() + " entries: put the log directory back from its backup");
        }
        directory.publish(state.note());
        return 0;
    }

    private Checkpoint checkpoint(String note, String what) {
        try {
            Checkpoint checkpoint = Checkpoint.parse(key.open(note));
            if (!checkpoint.origin().equals(key.name())) {
                throw new LogConflict(what + " is of another log: " + checkpoint.origin());
            }
            return checkpoint;
        } catch (IllegalArgumentException e) {
            throw new LogConflict(what + " is not one that this log signed: " + e.getMessage(), e);
        }
    }

    private Checkpoint fromTiles(Checkpoint published) throws IOException {
        try {
            return new Checkpoint(
                    published.origin(), published.size(), new TreeReader(directory, published.size()).root());
        } catch (java.nio.file.NoSuchFileException e) {
            throw new LogConflict("A published tile is missing: " + e.getFile() + "; put it back from a backup", e);
        }
    }

    private static void requireSame(Checkpoint published, Checkpoint other, String where) {
        if (!published.equals(other)) {
            throw new LogConflict("The published checkpoint of size " + published.size() + " has another root than "
                    + where + ": one of them was altered; compare both with a backup");
        }
    }

    /** Publishes the database's tree where the published one has {@code old} leaves. */
    void publish(long old, LogState state) throws IOException {
        TreeWriter tiles = new TreeWriter(directory);
        tiles.extend(old, state.size(), store::leaves);
        requireRoot(state, new TreeReader(directory, state.size()).root());
        reached.accept(Step.TILES_WRITTEN);
        directory.publish(state.note());
        directory.forgetAhead();
        reached.accept(Step.CHECKPOINT_WRITTEN);
        tiles.deleteSuperseded(old, state.size());
        reached.accept(Step.CLEANED);
    }

    /** The same where readers find its tiles already, and their root was derived. */
    void publishAhead(long old, LogState state) throws IOException {
        directory.writeAhead(old, state.size(), state.note());
        reached.accept(Step.TILES_WRITTEN);
        directory.publishPrepared();
        reached.accept(Step.CHECKPOINT_WRITTEN);
        new TreeWriter(directory).deleteSuperseded(old, state.size());
        reached.accept(Step.CLEANED);
    }

    /** Throws where tiles of a state give another root than was signed. */
    static void requireRoot(LogState state, byte[] root) {
        if (!Arrays.equals(root, state.frontier().root())) {
            throw new LogConflict("The tiles of size " + state.size() + " do not give the signed root: a leaf in the"
                    + " database or a published tile was altered; nothing more is published");
        }
    }

    /**
     * Deletes partial tiles that a crash between checkpoint and removal left behind, and makes directories durable that one
     * made for tiles of a tree that was not published.
     */
    void tidy(LogState state, long published, long batch) throws IOException {
        TreeWriter tiles = new TreeWriter(directory);
        tiles.deleteSuperseded(Math.max(0, published - batch), published);
        tiles.syncDirectories(published, state.size());
    }
}
