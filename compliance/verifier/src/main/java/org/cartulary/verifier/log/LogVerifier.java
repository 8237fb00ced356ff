package org.cartulary.verifier.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cartulary.verifier.note.Checkpoint;
import org.cartulary.verifier.note.TrustPolicy;
import org.cartulary.verifier.report.Check;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.report.Checklist;
import org.cartulary.verifier.report.Report;
import org.cartulary.verifier.work.OrderedWork;

/** Derives the root of a log directory again from its leaves. The log may grow meanwhile. */
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
            derive(files, checkpoint, checks);
            shows = "that the leaves of the log " + checkpoint.origin() + " lead to its signed root at "
                    + checkpoint.size() + " entries";
        }
        return list.report(directory.toString(), shows);
    }

    private static void derive(LogDirectory files, Checkpoint checkpoint, LogChecks checks) throws IOException {
        TreeShape shape;
        try {
            shape = new TreeShape(checkpoint.size());
        } catch (CheckFailed e) {
            checks.leafHashes().fail(e.finding());
            return;
        }
        try (OrderedWork work = new OrderedWork()) {
            new LogCheck(files, checkpoint, checks, EntryCheck.NONE, checks.root()).run(work);
        }
        long others = files.otherFiles(shape);
        if (others > 0) {
            checks.tileHashes().remark(others + " files under tile/ are not part of the log at this checkpoint");
        }
    }
}
