package org.cartulary.compliance.evidence;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.keys.LogKeys;
import org.cartulary.compliance.keys.Pseudonyms;
import org.cartulary.compliance.tlog.Checkpoint;
import org.cartulary.compliance.tlog.CheckpointSigner;
import org.cartulary.compliance.tlog.LogDirectory;
import org.cartulary.compliance.tlog.NoteVerifier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Opens a shard again that a published one named as its successor, and of which nothing was ever published. */
final class SuccessorShard {
    private final Jdbi jdbi;
    private final DataKeys keys;
    private final Path home;
    private final Clock clock;

    SuccessorShard(Jdbi jdbi, DataKeys keys, Path home, Clock clock) {
        this.jdbi = jdbi;
        this.keys = keys;
        this.home = home;
        this.clock = clock;
    }

    /** Its row is there already. */
    void open(Handle handle, Shard shard, Checkpoint predecessor) {
        LogKeys signing = signing(shard);
        Instant now = clock.instant();
        String note = new CheckpointSigner(shard.origin(), signing).note(Shards.empty(shard), now);
        TreeStore.insertCheckpoint(handle, shard.id(), Shards.empty(shard), note, now);
        OpenedShard opened = new OpenedShard(
                shard,
                new TreeStore(jdbi, shard.id()),
                new LogDirectory(home.resolve("log")),
                NoteVerifier.parse(shard.vkey()),
                Pseudonyms.make(home, shard.name()));
        EntryWriter writer = new EntryWriter(keys, () -> opened, clock, Profile.PSEUDONYMOUS);
        Map<String, Object> clear = Map.of(
                "predecessor",
                predecessor.origin(),
                "size",
                predecessor.size(),
                "root",
                Base64.getEncoder().encodeToString(predecessor.root()),
                "open",
                EntryReader.openQuestions(handle),
                "certificate",
                signing.manifests().fingerprint());
        long _ = writer.write(
                handle,
                new EntryDraft(
                        EntryType.SHARD_OPENED,
                        EvidenceLog.newNumber(handle),
                        Principal.CONSOLE,
                        new TreeMap<>(clear),
                        new TreeMap<>()));
    }

    /** Of a change of keys that was cut short, the next ones lie beside those in use. */
    private LogKeys signing(Shard shard) {
        return Optional.of(LogKeys.open(home, keys, clock))
                .filter(own -> isKeyOf(own, shard))
                .or(() -> LogKeys.next(home, keys, clock).filter(next -> isKeyOf(next, shard)))
                .orElseThrow(
                        () -> new RestoreRefused(
                                "HOME/keys holds no key of the shard " + shard.origin()
                                        + ", which the published log names as its next one: put the newest copy of HOME/keys in place"));
    }

    private static boolean isKeyOf(LogKeys keys, Shard shard) {
        return new CheckpointSigner(shard.origin(), keys).key().vkey().equals(shard.vkey());
    }
}
