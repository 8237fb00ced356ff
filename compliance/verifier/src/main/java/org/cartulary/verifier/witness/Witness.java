package org.cartulary.verifier.witness;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.cartulary.verifier.note.Checkpoint;
import org.cartulary.verifier.note.SignedNote;
import org.cartulary.verifier.note.TrustPolicy;
import org.cartulary.verifier.note.VerifierKey;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.tree.ConsistencyProof;
import org.cartulary.verifier.tree.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * A witness in a directory of its own: its keys, the verifier keys of the logs that it knows ({@code trusted.vkey}), and of
 * each the last checkpoint that it cosigned ({@code logs/<SHA-256 of the origin>/checkpoint}). One process at a time may hold
 * it. Thread-safe: one submission after the other.
 */
final class Witness implements AutoCloseable {
    private static final String TRUSTED = "trusted.vkey";
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;
    private static final int UNAVAILABLE = 503;

    private final Path directory;
    private final WitnessKeys keys;
    private final List<VerifierKey> logs;
    private final Clock clock;
    private final FileChannel held;

    private Witness(Path directory, WitnessKeys keys, List<VerifierKey> logs, Clock clock, FileChannel held) {
        this.directory = directory;
        this.keys = keys;
        this.logs = logs;
        this.clock = clock;
        this.held = held;
    }

    /** Opens a witness that was made before; throws where another process holds it. */
    static Witness open(Path directory, Clock clock) throws IOException {
        WitnessKeys keys = WitnessKeys.open(directory);
        FileChannel held =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(held)) {
            held.close();
            throw new IOException(directory + " is in use by another process");
        }
        return new Witness(directory, keys, trusted(directory), clock, held);
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /**
     * Lets a witness know logs; from the next time that it is opened. A log's second key, by which it cosigns its own
     * checkpoints, may stand beside the first and is passed over: a witness needs to know whose a checkpoint is, no more.
     *
     * @return the keys that it knows the logs by
     */
    static List<VerifierKey> trust(Path directory, List<VerifierKey> more) throws IOException {
        List<VerifierKey> all = new ArrayList<>(trusted(directory));
        List<VerifierKey> logs =
                more.stream().filter(key -> !key.type().isCosignature()).toList();
        logs.stream().filter(key -> !all.contains(key)).forEach(all::add);
        for (VerifierKey key : more) {
            if (key.type().isCosignature()
                    && all.stream().noneMatch(log -> log.name().equals(key.name()))) {
                throw new IOException(key.shown() + " is the key of a witness, not of a log: give the log.vkey");
            }
        }
        StringBuilder text = new StringBuilder();
        all.forEach(key -> text.append(key.vkey()).append('\n'));
        SafeFiles.replace(directory.resolve(TRUSTED), text.toString().getBytes(StandardCharsets.UTF_8));
        return logs;
    }

    private static List<VerifierKey> trusted(Path directory) throws IOException {
        Path file = directory.resolve(TRUSTED);
        try {
            return Files.exists(file) ? VerifierKey.parseAll(Files.readString(file)) : List.of();
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    List<VerifierKey> verifiers() {
        return keys.verifiers();
    }

    List<VerifierKey> logs() {
        return logs;
    }

    /** The last checkpoint of a log that it cosigned, with the log's signature and its own, by SHA-256 of the origin. */
    Optional<byte[]> latest(String originHash) throws IOException {
        Path file = directory.resolve("logs").resolve(originHash).resolve("checkpoint");
        return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    static String originHash(String origin) {
        return HexFormat.of().formatHex(Sha256.ofThread().of(origin.getBytes(StandardCharsets.UTF_8)));
    }

    /** Cosigns what a log has grown to, and remembers it first. */
    synchronized Outcome add(byte[] body) throws IOException {
        Submission submission;
        SignedNote note;
        try {
            submission = Submission.parse(body);
            note = SignedNote.parse(submission.checkpoint(), "checkpoint");
        } catch (CheckFailed e) {
            return refused(BAD_REQUEST, e);
        }
        String origin = new String(note.text(), StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("");
        List<VerifierKey> itsKeys = itsKeys(origin);
        if (itsKeys.isEmpty()) {
            return new Outcome.Refused(
                    NOT_FOUND, "This witness does not know the log " + origin + ": let it trust the log's key first");
        }
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.open(submission.checkpoint(), TrustPolicy.ofKeys(itsKeys), "checkpoint");
        } catch (CheckFailed e) {
            return refused(FORBIDDEN, e);
        }
        return grown(submission, checkpoint, note);
    }

    /**
     * The keys of a log by its origin; for a further shard of a known log, whose origin differs after the last slash alone,
     * the keys of that log, which must have signed it.
     */
    private List<VerifierKey> itsKeys(String origin) {
        List<VerifierKey> own =
                logs.stream().filter(key -> key.name().equals(origin)).toList();
        String log = shardless(origin);
        return !own.isEmpty() || log.isEmpty() || !SignedNote.isKeyName(origin)
                ? own
                : logs.stream()
                        .filter(key -> shardless(key.name()).equals(log))
                        .map(key -> VerifierKey.of(origin, key.type(), key.publicKey()))
                        .distinct()
                        .toList();
    }

    private static String shardless(String origin) {
        return origin.substring(0, origin.lastIndexOf('/') + 1);
    }

    private Outcome grown(Submission submission, Checkpoint checkpoint, SignedNote note) throws IOException {
        if (submission.oldSize() > checkpoint.size()) {
            return new Outcome.Refused(BAD_REQUEST, "The old size is greater than that of the checkpoint");
        }
        Last last = last(checkpoint.origin());
        long lastSize = last == null ? 0 : last.checkpoint().size();
        if (submission.oldSize() != lastSize) {
            return new Outcome.Conflict(lastSize);
        }
        String fault = inconsistency(submission, checkpoint, last);
        if (fault != null) {
            return new Outcome.Refused(UNPROCESSABLE, fault);
        }
        long now = clock.instant().getEpochSecond();
        if (now < 1 || (last != null && now < last.time())) {
            return new Outcome.Refused(
                    UNAVAILABLE, "The clock of this witness was set back behind its last cosignature: set it right");
        }
        return cosigned(checkpoint, note, now);
    }

    private static @Nullable String inconsistency(Submission submission, Checkpoint checkpoint, @Nullable Last last) {
        if (checkpoint.size() == 0
                && !Arrays.equals(checkpoint.root(), Sha256.ofThread().of())) {
            return "A log without entries has the hash of nothing as its root";
        }
        if (last == null || submission.oldSize() == 0) {
            return submission.proof().isEmpty() ? null : "From nothing, no proof leads to a tree";
        }
        if (submission.oldSize() == checkpoint.size()) {
            return submission.proof().isEmpty()
                            && Arrays.equals(last.checkpoint().root(), checkpoint.root())
                    ? null
                    : "The log has another root at the same size: it was forked or rewritten. Keep both checkpoints";
        }
        return leadsOn(submission, checkpoint, last.checkpoint())
                ? null
                : "The checkpoint is not what the last cosigned one of "
                        + last.checkpoint().size()
                        + " entries has grown to: the log was forked or rewritten. Keep both checkpoints";
    }

    private static boolean leadsOn(Submission submission, Checkpoint checkpoint, Checkpoint last) {
        try {
            ConsistencyProof.Roots roots =
                    ConsistencyProof.roots(submission.oldSize(), checkpoint.size(), last.root(), submission.proof());
            return Arrays.equals(roots.old(), last.root()) && Arrays.equals(roots.grown(), checkpoint.root());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Outcome cosigned(Checkpoint checkpoint, SignedNote note, long now) throws IOException {
        List<String> lines = keys.cosign(note.text(), now);
        StringBuilder kept = new StringBuilder(new String(note.text(), StandardCharsets.UTF_8)).append('\n');
        note.signatures().stream()
                .filter(signature -> itsKeys(checkpoint.origin()).stream().anyMatch(signature::names))
                .forEach(signature -> kept.append(signature.line()));
        lines.forEach(kept::append);
        Path file = directory
                .resolve("logs")
                .resolve(originHash(checkpoint.origin()))
                .resolve("checkpoint");
        SafeFiles.replace(file, kept.toString().getBytes(StandardCharsets.UTF_8));
        return new Outcome.Cosigned(lines, kept.toString());
    }

    /** What was cosigned last, and when. */
    private record Last(Checkpoint checkpoint, long time) {}

    private @Nullable Last last(String origin) throws IOException {
        Optional<byte[]> kept = latest(originHash(origin));
        if (kept.isEmpty()) {
            return null;
        }
        try {
            List<VerifierKey> all = new ArrayList<>(itsKeys(origin));
            all.addAll(keys.verifiers());
            long time =
                    SignedNote.parse(kept.get(), "last checkpoint")
                            .verifiedBy(keys.verifiers(), "last checkpoint")
                            .stream()
                            .mapToLong(SignedNote.Verified::time)
                            .max()
                            .orElse(0);
            return new Last(Checkpoint.open(kept.get(), TrustPolicy.ofKeys(all), "last checkpoint"), time);
        } catch (CheckFailed e) {
            throw new IOException(
                    "What this witness cosigned last of " + origin + " cannot be read any more; restore its directory: "
                            + e.getMessage(),
                    e);
        }
    }

    private static Outcome refused(int status, CheckFailed e) {
        return new Outcome.Refused(status, String.valueOf(e.getMessage()));
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}
