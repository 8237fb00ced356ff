package org.cartulary.compliance.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cartulary.compliance.durable.DurableFiles;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.keys.LogKeys;
import org.cartulary.compliance.keys.ManifestKey;
import org.cartulary.compliance.keys.Pseudonyms;
import org.cartulary.compliance.tlog.CheckpointSigner;
import org.cartulary.compliance.tlog.LogDirectory;
import org.cartulary.compliance.tlog.NoteKey;
import org.cartulary.compliance.tlog.NoteVerifier;
import org.jdbi.v3.core.Jdbi;

/**
 * The shards of a home, after checking that database, keys and directory agree on who they are. The shard that entries are
 * written to changes before the one that readers are shown: in between its files move. Thread-safe.
 */
final class OpenedLog {
    private final Jdbi jdbi;
    private final Path home;
    private final DataKeys dataKeys;
    private final Clock clock;
    private volatile LogKeys keys;
    private volatile List<OpenedShard> shards;
    private volatile OpenedShard shown;

    private OpenedLog(Jdbi jdbi, Path home, LogKeys keys, DataKeys dataKeys, Clock clock, List<Shard> known)
            throws IOException {
        this.jdbi = jdbi;
        this.dataKeys = dataKeys;
        this.clock = clock;
        this.home = home;
        this.keys = keys;
        List<OpenedShard> opened = new ArrayList<>();
        for (Shard shard : known) {
            opened.add(opened(shard, Pseudonyms.open(home, shard.name())));
        }
        this.shards = List.copyOf(opened);
        this.shown = opened.getLast();
    }

    static OpenedLog open(Jdbi jdbi, DataKeys dataKeys, Path home, Clock clock) {
        Path root = home.resolve("log");
        Shards known = new Shards(jdbi);
        boolean founded = !known.all().isEmpty();
        LogKeys keys = founded ? LogKeys.open(home, dataKeys, clock) : LogKeys.openOrMake(home, dataKeys, clock);
        try {
            DurableFiles.createDirectories(root);
            if (!founded) {
                found(known, home, keys, clock);
            }
            List<Shard> all = known.all();
            Pseudonyms.adopt(home, all.getFirst().name());
            OpenedLog log = new OpenedLog(jdbi, home, keys, dataKeys, clock, all);
            log.requireKey();
            log.requirePublishedKey();
            return log;
        } catch (IOException e) {
            throw new EvidenceUnavailable("The log directory " + root + " cannot be read or made: " + e, e);
        }
    }

    private static void found(Shards shards, Path home, LogKeys keys, Clock clock) throws IOException {
        LogDirectory directory = new LogDirectory(home.resolve("log"));
        if (directory.checkpoint().isPresent()) {
            throw new EvidenceUnavailable("The database is empty but " + directory.path()
                    + " holds a published log: put the newest copy of the database in place; one that is older than the log"
                    + " can be brought back to it by an act of two people (cartulary restore)");
        }
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String origin = "cartulary.invalid/" + HexFormat.of().formatHex(random) + "/" + year(now);
        CheckpointSigner signer = new CheckpointSigner(origin, keys);
        Shard first = new Shard(1, origin, signer.key().vkey(), now, null);
        Pseudonyms.make(home, first.name());
        shards.found(first, signer.note(Shards.empty(first), now));
    }

    static int year(Instant time) {
        return time.atOffset(ZoneOffset.UTC).getYear();
    }

    private OpenedShard opened(Shard shard, Pseudonyms pseudonyms) {
        Path root = home.resolve("log");
        Path own = root.resolve(shard.name());
        boolean moved = Files.exists(own.resolve("log.vkey"));
        return new OpenedShard(
                shard,
                new TreeStore(jdbi, shard.id()),
                new LogDirectory(moved ? own : root),
                NoteVerifier.parse(shard.vkey()),
                pseudonyms);
    }

    private void requireKey() {
        String expected = writing().shard().vkey();
        if (!key().vkey().equals(expected)) {
            takeNextIf(expected);
        }
        if (!key().vkey().equals(expected)) {
            throw new EvidenceUnavailable("HOME/keys/log.p12 does not hold the key of this log, which is " + expected
                    + ": put the right file back; where the database is a copy from before a change of keys, see"
                    + " cartulary restore --dry-run");
        }
        CosignerRows.require(jdbi, signer().cosigner());
    }

    /** What is published is the open shard, or the last closed one on its way to its own directory. */
    private void requirePublishedKey() throws IOException {
        LogDirectory root = writing().directory();
        Optional<String> published = root.vkey();
        if (published.isEmpty()) {
            publishKeys();
        } else if (!published.get().equals(key().vkey())
                && unsettled()
                        .filter(closed -> closed.shard().vkey().equals(published.get()))
                        .isEmpty()) {
            throw new EvidenceUnavailable("HOME/log/log.vkey is of another log: " + published.get() + "; this one is "
                    + key().vkey()
                    + "; database and log directory do not belong together, unless the database is an older"
                    + " copy (cartulary restore --dry-run says)");
        }
        for (OpenedShard closed : shards.subList(0, shards.size() - 1)) {
            if (closed.directory().path().equals(root.path())
                    && unsettled().filter(closed::equals).isEmpty()) {
                throw new EvidenceUnavailable(
                        "The published files of the shard " + closed.shard().name() + " are missing: put the directory "
                                + own(closed) + " back from its backup");
            }
        }
    }

    /** Writes the verifier keys of the open shard, where a shard before it does not lie there still. */
    void publishKeys() throws IOException {
        LogDirectory root = writing().directory();
        CheckpointSigner signer = signer();
        CosignerRows.require(jdbi, signer.cosigner());
        if (root.vkey().isEmpty()) {
            root.writeVkey(signer.key().vkey());
        }
        Optional<String> cosigner = root.cosignerVkey();
        if (cosigner.isEmpty()) {
            root.writeCosignerVkey(signer.cosigner().vkey());
        } else if (!cosigner.get().equals(signer.cosigner().vkey())) {
            throw new EvidenceUnavailable("HOME/log/log-ml-dsa-44.vkey is not the key by which this log cosigns its"
                    + " checkpoints: put the right HOME/keys/log.p12 or the right HOME/log back");
        }
    }

    /** The certificate that readers are given, as PEM; empty before it is on record. It stays where the shards move. */
    Optional<String> certificate() throws IOException {
        Path file = certificateFile();
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    void writeCertificate(String pem) throws IOException {
        DurableFiles.write(certificateFile(), pem.getBytes(StandardCharsets.US_ASCII));
    }

    private Path certificateFile() {
        return home.resolve("log").resolve("manifest.pem");
    }

    /** A closed shard whose files still are where those of the open one belong. */
    Optional<OpenedShard> unsettled() throws IOException {
        List<OpenedShard> all = shards;
        if (all.size() < 2) {
            return Optional.empty();
        }
        OpenedShard closed = all.get(all.size() - 2);
        Optional<String> published = writing().directory().vkey();
        return published.filter(closed.shard().vkey()::equals).map(vkey -> closed);
    }

    /** The directory of a shard once it is closed. */
    Path own(OpenedShard closed) {
        return home.resolve("log").resolve(closed.shard().name());
    }

    /** The key that signs, under the name of the open shard. */
    NoteKey key() {
        return signer().key();
    }

    /** The keys that sign checkpoints of the open shard. */
    CheckpointSigner signer() {
        return signer(writing().shard());
    }

    /** The same keys for a shard that is about to begin. */
    CheckpointSigner signer(Shard shard) {
        return new CheckpointSigner(shard.origin(), keys);
    }

    /** The key for texts about a shard: that which signed it, or since a change of keys the present one. */
    NoteKey key(OpenedShard shard) {
        NoteKey own = signer(shard.shard()).key();
        return own.vkey().equals(shard.shard().vkey()) ? own : key();
    }

    /** The key that signs manifests, whichever the shard. */
    ManifestKey manifests() {
        return keys.manifests();
    }

    /** Where entries go now. */
    OpenedShard writing() {
        return shards.getLast();
    }

    /** What readers are shown as the log. */
    OpenedShard shown() {
        return shown;
    }

    List<OpenedShard> shards() {
        return shards;
    }

    /** All but the one that is written. */
    List<OpenedShard> closed() {
        List<OpenedShard> all = shards;
        return all.subList(0, all.size() - 1);
    }

    OpenedShard shard(int id) {
        return shards.stream()
                .filter(shard -> shard.id() == id)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No shard " + id + " is open"));
    }

    /** After a change of keys that is in the database, but was cut short before their file was put in place. */
    private void takeNextIf(String expected) {
        Optional<LogKeys> next = LogKeys.next(home, dataKeys, clock)
                .filter(keys -> new CheckpointSigner(writing().origin(), keys)
                        .key()
                        .vkey()
                        .equals(expected));
        if (next.isPresent()) {
            LogKeys.takeNext(home);
            keys = next.get();
        }
    }

    /** New keys for the next shard, beside those in use. */
    LogKeys nextKeys() {
        return LogKeys.makeNext(home, dataKeys, clock);
    }

    /** The keys that are in use. */
    LogKeys keys() {
        return keys;
    }

    /** The shard that comes next, not yet in the database. */
    Shard successor(Instant now, LogKeys by) {
        Shard last = writing().shard();
        String year = Integer.toString(year(now));
        long sameYear = Stream.concat(shards.stream().map(OpenedShard::shard), new Shards(jdbi).destroyed().stream())
                .filter(shard -> shard.name().matches(year + "(-[0-9]+)?"))
                .count();
        String origin = last.log() + (sameYear == 0 ? year : year + "-" + (sameYear + 1));
        return new Shard(
                last.id() + 1, origin, new CheckpointSigner(origin, by).key().vkey(), now, null);
    }

    /** Makes the keys of a shard that is about to begin. */
    OpenedShard prepared(Shard next) {
        Pseudonyms pseudonyms = Pseudonyms.make(home, next.name());
        return new OpenedShard(
                next,
                new TreeStore(jdbi, next.id()),
                new LogDirectory(home.resolve("log")),
                NoteVerifier.parse(next.vkey()),
                pseudonyms);
    }

    /** From now on entries go to this shard, and these keys sign. */
    void write(OpenedShard next, LogKeys by) {
        if (!by.equals(keys)) {
            LogKeys.takeNext(home);
            keys = by;
            try {
                writeCertificate(by.manifests().pem()); // which the first leaf of the shard has put on record
            } catch (IOException e) {
                throw new UncheckedIOException("The certificate of the manifest key cannot be kept beside the log", e);
            }
        }
        write(next);
    }

    private synchronized void write(OpenedShard next) {
        List<OpenedShard> grown = new ArrayList<>(shards);
        grown.add(next);
        shards = List.copyOf(grown);
    }

    /** Finds a shard that was opened by a transaction of which it was never learnt that it was committed. */
    void refresh() {
        Shard last = new Shards(jdbi).all().getLast();
        if (last.id() > writing().id()) {
            write(prepared(last));
            requireKey();
        }
    }

    /** Removes what destroyed shards left: their files, and the keys of their pseudonyms. */
    synchronized void forgetDestroyed() throws IOException {
        for (Shard shard : new Shards(jdbi).destroyed()) {
            shards = shards.stream().filter(kept -> kept.id() != shard.id()).toList();
            DurableFiles.deleteTree(home.resolve("log").resolve(shard.name()));
            Pseudonyms.destroy(home, shard.name());
        }
    }

    /** From now on readers are shown the shard that entries go to. */
    void show() {
        shown = writing();
    }
}
