package org.cartulary.compliance.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.cartulary.compliance.durable.DurableFiles;

/**
 * The keys that sign for the log of a home, out of {@code HOME/keys/log.p12}, whose password is derived from the master key:
 * whoever has that needs nobody to start. Thread-safe.
 *
 * @param checkpoints signs checkpoints
 * @param cosigning cosigns them
 * @param manifests signs the manifests of bundles
 */
public record LogKeys(LogKey checkpoints, CosigningKey cosigning, ManifestKey manifests) {
    /** Of what the password is derived, besides the master key; to be found in the documentation. */
    public static final String PASSWORD_LABEL = "cartulary/v1 log.p12";

    static final String FILE = "log.p12";

    private static final String NEXT_FILE = "log.next.p12";

    /** The keys of a log that was founded before, its old {@code log.key} included; makes none where there are none. */
    public static LogKeys open(Path home, DataKeys keys, Clock clock) {
        return open(home, keys, clock, false);
    }

    /** As {@link #open}, and makes keys where there are none: for a log that is founded now. */
    public static LogKeys openOrMake(Path home, DataKeys keys, Clock clock) {
        return open(home, keys, clock, true);
    }

    /**
     * Makes keys that are to take the place of the present ones, beside them in {@code log.next.p12}; those that an earlier
     * attempt made are taken.
     */
    public static LogKeys makeNext(Path home, DataKeys keys, Clock clock) {
        LogKeyFile next = next(home, keys);
        try {
            if (!Files.exists(home.resolve("keys").resolve(NEXT_FILE))) {
                next.make(pairs(Optional.empty()), clock.instant());
            }
            return of(next.read());
        } catch (IOException e) {
            throw new KeyUnusable("The log's next keys cannot be made: " + e.getMessage(), e);
        } finally {
            next.forget();
        }
    }

    /** Those that are to take the place of the present ones; empty where there are none. */
    public static Optional<LogKeys> next(Path home, DataKeys keys, Clock clock) {
        return Files.exists(home.resolve("keys").resolve(NEXT_FILE))
                ? Optional.of(makeNext(home, keys, clock))
                : Optional.empty();
    }

    private static LogKeyFile next(Path home, DataKeys keys) {
        return new LogKeyFile(
                home.resolve("keys").resolve(NEXT_FILE), keys.master().password(PASSWORD_LABEL));
    }

    /** Puts the next keys in place of the present ones, which are gone then. Doing it again does nothing. */
    public static void takeNext(Path home) {
        Path directory = home.resolve("keys");
        try {
            if (Files.exists(directory.resolve(NEXT_FILE))) {
                Files.move(
                        directory.resolve(NEXT_FILE),
                        directory.resolve(FILE),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
                DurableFiles.syncDirectory(directory);
            }
        } catch (IOException e) {
            throw new KeyUnusable(
                    "The log's next keys cannot be put in place of " + directory.resolve(FILE) + ": " + e.getMessage(),
                    e);
        }
    }

    private static LogKeys open(Path home, DataKeys keys, Clock clock, boolean mayMake) {
        Path directory = home.resolve("keys");
        Path file = directory.resolve(FILE);
        LogKeyFile keyFile = new LogKeyFile(file, keys.master().password(PASSWORD_LABEL));
        OldLogKey oldKey = new OldLogKey(directory);
        try {
            if (!Files.exists(file)) {
                Optional<Ed25519PrivateKeyParameters> old = oldKey.read();
                if (old.isEmpty() && !mayMake) {
                    throw new KeyUnusable(
                            file + " is missing while its log exists: put it back from its backup (it opens with this"
                                    + " home's master key)",
                            null);
                }
                keyFile.make(pairs(old), clock.instant());
            } else {
                // An attempt before may have failed between its rename and the sync of its directory.
                DurableFiles.syncParent(file);
            }
            LogKeys opened = of(keyFile.read());
            oldKey.retire(opened.checkpoints().publicKey());
            return opened;
        } catch (IOException e) {
            throw new KeyUnusable("The log's keys " + file + " cannot be read or made: " + e.getMessage(), e);
        } finally {
            keyFile.forget();
        }
    }

    private static Map<SigningKeyKind, KeyPair> pairs(Optional<Ed25519PrivateKeyParameters> old) {
        Map<SigningKeyKind, KeyPair> pairs = new EnumMap<>(SigningKeyKind.class);
        for (SigningKeyKind kind : SigningKeyKind.values()) {
            pairs.put(
                    kind,
                    kind == SigningKeyKind.CHECKPOINT
                            ? old.map(OldLogKey::pair).orElseGet(kind::generate)
                            : kind.generate());
        }
        return pairs;
    }

    private static LogKeys of(Map<SigningKeyKind, LogKeyFile.Entry> entries) throws IOException {
        LogKeyFile.Entry manifest = entry(entries, SigningKeyKind.MANIFEST);
        return new LogKeys(
                new LogKey(ed25519(entry(entries, SigningKeyKind.CHECKPOINT).key())),
                new CosigningKey(
                        mlDsa(entry(entries, SigningKeyKind.COSIGNATURE).key())),
                new ManifestKey(manifest.key(), manifest.certificate()));
    }

    private static LogKeyFile.Entry entry(Map<SigningKeyKind, LogKeyFile.Entry> entries, SigningKeyKind kind) {
        LogKeyFile.Entry entry = entries.get(kind);
        if (entry == null) {
            throw new IllegalStateException("No key " + kind + " was read");
        }
        return entry;
    }

    private static Ed25519PrivateKeyParameters ed25519(PrivateKey key) {
        if (key instanceof EdECPrivateKey ed25519) {
            return new Ed25519PrivateKeyParameters(ed25519.getBytes().orElseThrow());
        }
        throw new KeyUnusable(FILE + " holds no Ed25519 key for checkpoints: put the right one back", null);
    }

    private static MLDSAPrivateKeyParameters mlDsa(PrivateKey key) throws IOException {
        if (PrivateKeyFactory.createKey(key.getEncoded()) instanceof MLDSAPrivateKeyParameters mlDsa) {
            return mlDsa;
        }
        throw new KeyUnusable(FILE + " holds no ML-DSA-44 key for cosignatures: put the right one back", null);
    }
}
