package org.cartulary.verifier.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cartulary.verifier.leaf.ShardLink;
import org.cartulary.verifier.note.Checkpoint;
import org.cartulary.verifier.note.TrustPolicy;
import org.cartulary.verifier.report.Check;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.report.Checklist;
import org.cartulary.verifier.report.Report;
import org.cartulary.verifier.work.OrderedWork;
import org.jspecify.annotations.Nullable;

/**
 * Derives the root of a log directory again from its leaves, and those of earlier shards that lie within it. Of these no
 * signature is asked: the first leaf of each shard names the root that the one before ended with. The log may grow
 * meanwhile.
 */
public final class LogVerifier {
    private LogVerifier() {}

    /**
     * Verifies a log directory.
     *
     * @param directory holds {@code checkpoint} and {@code tile/…}
     * @param policy whose signatures are asked for
     * @throws IOException if the directory or a file in it cannot be read
     */
    public static Report verify(Path directory, TrustPolicy policy) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException(directory + " is not a directory");
        }
        LogDirectory files = new LogDirectory(directory);
        Checklist list = new Checklist();
        Check note = list.add("checkpoint is signed by a given key", "checkpoints");
        LogChecks checks = LogChecks.addTo(list);
        List<Checkpoint> opened = new ArrayList<>(1);
        note.run(() -> opened.add(
                Checkpoint.open(files.readCheckpoint(Checkpoint.MAX_BYTES), policy, LogDirectory.CHECKPOINT)));
        String shows = "";
        for (Checkpoint checkpoint : opened) {
            note.remark(checkpoint.signedBy());
            ShardLink link = derive(files, checkpoint, checks);
            while (link != null) {
                link = deriveEarlier(directory, link, checks);
            }
            shows = "that the leaves of the log " + checkpoint.origin() + " lead to its signed root at "
                    + checkpoint.size() + " entries";
        }
        return list.report(directory.toString(), shows);
    }

    private static @Nullable ShardLink deriveEarlier(Path directory, ShardLink link, LogChecks checks)
            throws IOException {
        LogDirectory files = new LogDirectory(directory.resolve(link.predecessorName()));
        if (!Files.isDirectory(files.root())) {
            checks.shards().remark("warning: the earlier shard " + link.predecessor() + " is not in this directory");
            return null;
        }
        Checkpoint named = new Checkpoint(link.predecessor(), link.size(), link.root(), List.of());
        List<Checkpoint> said = new ArrayList<>(1);
        checks.shards()
                .run(() -> said.add(Checkpoint.unsigned(
                        files.readCheckpoint(Checkpoint.MAX_BYTES),
                        link.predecessorName() + "/" + LogDirectory.CHECKPOINT)));
        for (Checkpoint checkpoint : said) {
            if (!checkpoint.isSameAs(named)) {
                checks.shards()
                        .fail(
                                link.predecessorName() + "/" + LogDirectory.CHECKPOINT,
                                "the checkpoint that the shard after names",
                                "another one");
            }
        }
        return derive(files, named, checks);
    }

    private static @Nullable ShardLink derive(LogDirectory files, Checkpoint checkpoint, LogChecks checks)
            throws IOException {
        TreeShape shape;
        try {
            shape = new TreeShape(checkpoint.size());
        } catch (CheckFailed e) {
            checks.leafHashes().fail(e.finding());
            return null;
        }
        LogCheck check = new LogCheck(files, checkpoint, checks, EntryCheck.NONE, checks.root());
        try (OrderedWork work = new OrderedWork()) {
            check.run(work);
        }
        long others = files.otherFiles(shape);
        if (others > 0) {
            checks.tileHashes().remark(others + " files under tile/ are not part of the log at this checkpoint");
        }
        return check.link();
    }
}
