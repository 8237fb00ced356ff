package org.cartulary.compliance.evidence;

import java.io.IOException;
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
import org.cartulary.compliance.durable.DurableFiles;
import org.cartulary.compliance.keys.LogKey;
import org.cartulary.compliance.keys.Pseudonyms;
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
    private final LogKey key;
    private volatile List<OpenedShard> shards;
    private volatile OpenedShard shown;

    private OpenedLog(Jdbi jdbi, Path home, LogKey key, List<Shard> known) throws IOException {
        this.jdbi = jdbi;
        this.home = home;
        this.key = key;
        List<OpenedShard> opened = new ArrayList<>();
        for (Shard shard : known) {
            opened.add(opened(shard, Pseudonyms.open(home, shard.name())));
        }
        this.shards = List.copyOf(opened);
        this.shown = opened.getLast();
    }

    static OpenedLog open(Jdbi jdbi, Path home, Clock clock) {
        Path root = home.resolve("log");
        LogKey key = LogKey.open(home);
        try {
            DurableFiles.createDirectories(root);
            Shards known = new Shards(jdbi);
            if (known.all().isEmpty()) {
                found(known, home, key, clock);
            }
            List<Shard> all = known.all();
            Pseudonyms.adopt(home, all.getFirst().name());
            OpenedLog log = new OpenedLog(jdbi, home, key, all);
            log.requireKey();
            log.requirePublishedKey();
            return log;
        } catch (IOException e) {
            throw new EvidenceUnavailable("The log directory " + root + " cannot be read or made: " + e, e);
        }
    }

    private static void found(Shards shards, Path home, LogKey key, Clock clock) throws IOException {
        LogDirectory directory = new LogDirectory(home.resolve("log"));
        if (directory.checkpoint().isPresent()) {
            throw new EvidenceUnavailable("The database is empty but " + directory.path()
                    + " holds a published log: this is a new or old database; put the newest one in place, or"
                    + " restore by an act of two people");
        }
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String origin = "cartulary.invalid/" + HexFormat.of().formatHex(random) + "/" + year(now);
        NoteKey noteKey = new NoteKey(origin, key);
        Shard first = new Shard(1, origin, noteKey.vkey(), now, null);
        Pseudonyms.make(home, first.name());
        shards.found(first, noteKey.sign(Shards.empty(first).text()));
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
            throw new EvidenceUnavailable(
                    "HOME/keys/log.key is not the key of this log, which is " + expected + ": put the right key back");
        }
    }

    /** What is published is the open shard, or the last closed one on its way to its own directory. */
    private void requirePublishedKey() throws IOException {
        LogDirectory root = writing().directory();
        Optional<String> published = root.vkey();
        if (published.isEmpty()) {
            root.writeVkey(key().vkey());
        } else if (!published.get().equals(key().vkey())
                && unsettled()
                        .filter(closed -> closed.shard().vkey().equals(published.get()))
                        .isEmpty()) {
            throw new EvidenceUnavailable("HOME/log/log.vkey is of another log: " + published.get() + "; this one is "
                    + key().vkey() + "; database and log directory do not belong together");
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
        return new NoteKey(writing().origin(), key);
    }

    /** The key for texts about a shard: that which signed it, or since a change of keys the present one. */
    NoteKey key(OpenedShard shard) {
        NoteKey own = new NoteKey(shard.origin(), key);
        return own.vkey().equals(shard.shard().vkey()) ? own : key();
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

    OpenedShard shard(int id) {
        return shards.stream()
                .filter(shard -> shard.id() == id)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No shard " + id + " is open"));
    }

    /** The shard that comes next, not yet in the database. */
    Shard successor(Instant now) {
        Shard last = writing().shard();
        String year = Integer.toString(year(now));
        long sameYear = shards.stream()
                .filter(shard -> shard.shard().name().matches(year + "(-[0-9]+)?"))
                .count();
        String origin = last.log() + (sameYear == 0 ? year : year + "-" + (sameYear + 1));
        return new Shard(last.id() + 1, origin, new NoteKey(origin, key).vkey(), now, null);
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

    /** The note that a shard begins with. */
    String firstNote(Shard next) {
        return new NoteKey(next.origin(), key).sign(Shards.empty(next).text());
    }

    /** From now on entries go to this shard. */
    void write(OpenedShard next) {
        List<OpenedShard> grown = new ArrayList<>(shards);
        grown.add(next);
        shards = List.copyOf(grown);
    }

    /** Finds a shard that was opened by a transaction of which it was never learnt that it was committed. */
    void refresh() {
        Shard last = new Shards(jdbi).all().getLast();
        if (last.id() > writing().id()) {
            write(prepared(last));
        }
    }

    /** From now on readers are shown the shard that entries go to. */
    void show() {
        shown = writing();
    }
}
