package org.cartulary.compliance.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import org.cartulary.compliance.durable.DurableFiles;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.keys.LogKeys;
import org.cartulary.compliance.keys.Pseudonyms;
import org.cartulary.compliance.tlog.Checkpoint;
import org.cartulary.compliance.tlog.CheckpointSigner;
import org.cartulary.compliance.tlog.LogDirectory;
import org.cartulary.compliance.tlog.MerkleHash;
import org.cartulary.compliance.tlog.NoteKey;
import org.jdbi.v3.core.Jdbi;

/** Who this log is and where it lies, after checking that database, key and directory agree on it. */
record OpenedLog(LogDirectory directory, CheckpointSigner signer, Pseudonyms pseudonyms) {

    static OpenedLog open(Jdbi jdbi, DataKeys dataKeys, Path home, Clock clock) {
        LogDirectory directory = new LogDirectory(home.resolve("log"));
        TreeStore store = new TreeStore(jdbi);
        Optional<TreeStore.Identity> known = store.identity();
        LogKeys keys =
                known.isPresent() ? LogKeys.open(home, dataKeys, clock) : LogKeys.openOrMake(home, dataKeys, clock);
        try {
            DurableFiles.createDirectories(directory.path());
            TreeStore.Identity identity = known.orElseGet(() -> found(store, directory, keys, clock));
            CheckpointSigner signer = new CheckpointSigner(identity.origin(), keys);
            requireKey(identity, signer.key());
            CosignerRows.require(jdbi, signer.cosigner());
            publishVkey(directory, signer.key().vkey());
            publishCosignerVkey(directory, signer.cosigner().vkey());
            return new OpenedLog(directory, signer, Pseudonyms.open(home));
        } catch (IOException e) {
            throw new EvidenceUnavailable("The log directory " + directory.path() + " cannot be read or made: " + e, e);
        }
    }

    private static TreeStore.Identity found(TreeStore store, LogDirectory directory, LogKeys keys, Clock clock) {
        requireUnpublished(directory);
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String origin = "cartulary.invalid/" + HexFormat.of().formatHex(random) + "/"
                + now.atOffset(ZoneOffset.UTC).getYear();
        CheckpointSigner signer = new CheckpointSigner(origin, keys);
        Checkpoint empty = new Checkpoint(origin, 0, MerkleHash.emptyRoot());
        store.found(new TreeStore.Identity(origin, signer.key().vkey()), empty, signer.note(empty, now), now);
        return store.identity().orElseThrow();
    }

    private static void requireUnpublished(LogDirectory directory) {
        try {
            if (directory.checkpoint().isPresent()) {
                throw new EvidenceUnavailable("The database is empty but " + directory.path()
                        + " holds a published log: this is a new or old database; put the newest one in place, or"
                        + " restore by an act of two people");
            }
        } catch (IOException e) {
            throw new EvidenceUnavailable("The log directory " + directory.path() + " cannot be read: " + e, e);
        }
    }

    private static void requireKey(TreeStore.Identity identity, NoteKey key) {
        if (!identity.vkey().equals(key.vkey())) {
            throw new EvidenceUnavailable("HOME/keys/log.p12 does not hold the key of this log, which is "
                    + identity.vkey() + ": put the right file back");
        }
    }

    private static void publishVkey(LogDirectory directory, String vkey) throws IOException {
        Optional<String> published = directory.vkey();
        if (published.isEmpty()) {
            directory.writeVkey(vkey);
        } else if (!published.get().equals(vkey)) {
            throw new EvidenceUnavailable("HOME/log/log.vkey is of another log: " + published.get() + "; this one is "
                    + vkey + "; database and log directory do not belong together");
        }
    }

    private static void publishCosignerVkey(LogDirectory directory, String vkey) throws IOException {
        Optional<String> published = directory.cosignerVkey();
        if (published.isEmpty()) {
            directory.writeCosignerVkey(vkey);
        } else if (!published.get().equals(vkey)) {
            throw new EvidenceUnavailable("HOME/log/log-ml-dsa-44.vkey is not the key by which this log cosigns its"
                    + " checkpoints: put the right HOME/keys/log.p12 or the right HOME/log back");
        }
    }

    /** The log's Ed25519 key, by its name. */
    NoteKey key() {
        return signer.key();
    }
}
