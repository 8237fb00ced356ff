package org.cartulary.compliance.evidence;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cartulary.compliance.tlog.Checkpoint;
import org.cartulary.compliance.tlog.LogDirectory;
import org.cartulary.compliance.tlog.NoteVerifier;
import org.cartulary.compliance.tlog.Tile;
import org.cartulary.compliance.tlog.TileConflict;
import org.cartulary.compliance.tlog.TreeReader;

/**
 * What is published of a shard, believed without the database: signed by the log's key, borne out by its tiles, and no shorter
 * than what witnesses signed.
 */
final class PublishedShard {
    private final LogDirectory directory;
    private final NoteVerifier key;
    private final String note;
    private final Checkpoint head;

    private PublishedShard(LogDirectory directory, NoteVerifier key, String note, Checkpoint head) {
        this.directory = directory;
        this.key = key;
        this.note = note;
        this.head = head;
    }

    /**
     * Reads and checks it.
     *
     * @throws RestoreRefused where one of these does not hold
     */
    static PublishedShard read(LogDirectory directory, Shard shard) throws IOException {
        NoteVerifier key = NoteVerifier.parse(shard.vkey());
        String note = directory
                .checkpoint()
                .orElseThrow(() -> new RestoreRefused("The published checkpoint is missing from " + directory.path()
                        + ": put the log directory back from its backup first"));
        PublishedShard read = new PublishedShard(directory, key, note, checkpoint(key, note, "checkpoint", directory));
        read.requireRoot(read.head, "checkpoint");
        for (Named signed : read.signedByWitnesses()) {
            read.requireNotBehind(signed);
            read.requireRoot(signed.checkpoint(), signed.name());
        }
        return read;
    }

    private record Named(String name, Checkpoint checkpoint) {}

    private List<Named> signedByWitnesses() throws IOException {
        Optional<Named> witnessed = directory.witnessed().map(text -> named("witnessed", text));
        Optional<Named> contradiction = directory.contradiction().map(text -> named("contradiction", text));
        return Stream.of(witnessed, contradiction).flatMap(Optional::stream).toList();
    }

    private Named named(String name, String text) {
        return new Named(name, checkpoint(key, text, name, directory));
    }

    private void requireNotBehind(Named signed) {
        if (signed.checkpoint().size() > head.size()) {
            throw new RestoreRefused("Witnesses signed this log at "
                    + signed.checkpoint().size() + " entries ("
                    + directory.path().resolve(signed.name()) + "), but the published log ends at " + head.size()
                    + ": the log directory is an old copy too. Put the newest copies of HOME/log and of the database in"
                    + " place. Where no newer one is left, what stood between is lost and witnesses can prove it, so this log"
                    + " cannot go on: keep HOME as evidence, and begin a new log in a new home, as compliance/README.md"
                    + " (\"After an older copy of the database\") says");
        }
    }

    private void requireRoot(Checkpoint checkpoint, String name) throws IOException {
        if (!Arrays.equals(rootAt(checkpoint.size()), checkpoint.root())) {
            throw new RestoreRefused(
                    "The published tiles in " + directory.path() + " do not give the root of "
                            + directory.path().resolve(name) + " at " + checkpoint.size()
                            + " entries: one of them was altered. Put the log directory back from a backup of its newest state");
        }
    }

    /** The root of its first leaves, by its tiles. */
    byte[] rootAt(long size) throws IOException {
        try {
            return new TreeReader(directory, head.size()).rootOfFirst(size);
        } catch (NoSuchFileException | TileConflict e) {
            throw new RestoreRefused(
                    "A published tile is missing: " + e.getMessage() + "; put it back from a backup", e);
        }
    }

    private static Checkpoint checkpoint(NoteVerifier key, String note, String name, LogDirectory directory) {
        try {
            Checkpoint checkpoint = Checkpoint.parse(key.open(note));
            if (checkpoint.origin().equals(key.name())) {
                return checkpoint;
            }
            throw new RestoreRefused(directory.path().resolve(name) + " is of another log: " + checkpoint.origin());
        } catch (IllegalArgumentException e) {
            throw new RestoreRefused(
                    directory.path().resolve(name) + " is not a checkpoint that this log signed: " + e.getMessage(), e);
        }
    }

    Checkpoint head() {
        return head;
    }

    /** The published checkpoint with the log's own signatures. */
    String note() {
        return note;
    }

    /** Checkpoints that witnesses signed or showed, without their signatures. */
    List<String> signedNotes() throws IOException {
        return Stream.of(directory.witnessed(), directory.contradiction())
                .flatMap(Optional::stream)
                .map(this::withoutOthers)
                .toList();
    }

    private String withoutOthers(String text) {
        int body = text.indexOf("\n\n") + 2;
        StringBuilder own = new StringBuilder(text.substring(0, body));
        text.substring(body)
                .lines()
                .filter(line -> line.startsWith("\u2014 " + key.name() + " "))
                .forEach(line -> own.append(line).append('\n'));
        return own.toString();
    }

    Checkpoint parse(String text) {
        return checkpoint(key, text, "witnessed", directory);
    }

    /** The leaves from one on that lie in the same entry bundle. */
    List<byte[]> leavesFrom(long first) throws IOException {
        long bundle = first / Tile.FULL_WIDTH;
        long start = bundle * Tile.FULL_WIDTH;
        int width = (int) Math.min(Tile.FULL_WIDTH, head.size() - start);
        List<byte[]> all = PublishedLog.split(directory.read(new Tile(Tile.ENTRIES, bundle, width)));
        return all.subList((int) (first - start), width);
    }
}
