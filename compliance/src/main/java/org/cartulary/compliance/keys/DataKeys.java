package org.cartulary.compliance.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.cartulary.compliance.durable.DurableFiles;
import org.jspecify.annotations.Nullable;

/**
 * Data keys of a home, wrapped with its master key in {@code HOME/keys/data}. A key is on disk before it is handed out,
 * in batches of {@value #BATCH} with one sync; the unused rest of a batch is left behind at a stop. Thread-safe. One
 * process may hold a home's keys at a time.
 */
public final class DataKeys implements AutoCloseable {
    static final int BATCH = 256;

    private final MasterKey master;
    private final KeyTable table;
    private final FileChannel lock;
    private final ReentrantLock pooling = new ReentrantLock();
    private final Queue<DataKey> pool = new ArrayDeque<>(BATCH);
    private long next;

    private DataKeys(MasterKey master, KeyTable table, FileChannel lock) throws IOException {
        this.master = master;
        this.table = table;
        this.lock = lock;
        this.next = table.end();
    }

    /** Opens the keys of a home by the master key in its own file, as {@link #open(Path, Map)} without an environment. */
    public static DataKeys open(Path home) {
        return open(home, Map.of());
    }

    /**
     * Opens the keys of a home. Its master key is the systemd credential {@value MasterKey#CREDENTIAL} where {@code
     * CREDENTIALS_DIRECTORY} has one, else {@code HOME/keys/master.key}, which is made at the first start.
     *
     * @param environment of the process
     * @throws KeyUnusable where the master key is missing while keys that it guards exist, is open to other users, or is
     *     another one; where credential and file differ; or where another process holds these keys
     */
    public static DataKeys open(Path home, Map<String, String> environment) {
        Path directory = home.resolve("keys");
        Path data = directory.resolve("data");
        try {
            DurableFiles.createSecretDirectory(directory);
            DurableFiles.createSecretDirectory(data);
            FileChannel lock = lock(directory.resolve("lock"));
            try {
                boolean first = KeyTable.isUnused(data) && !Files.exists(directory.resolve(LogKeys.FILE));
                MasterKey master = MasterKey.open(directory, environment, first);
                return new DataKeys(master, KeyTable.open(data, master), lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new KeyUnusable("The keys in " + directory + " cannot be opened: " + e.getMessage(), e);
        }
    }

    static FileChannel lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock held = null;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this JVM itself: the same refusal as for another process.
        }
        if (held == null) {
            channel.close();
            throw new KeyUnusable("Another process uses " + file.getParent() + ": stop it first", null);
        }
        return channel;
    }

    /** The key that guards these; for other key files of the home. */
    MasterKey master() {
        return master;
    }

    /** A key of AES-256 that is derived from the master key by a label, by HKDF-SHA-256 (RFC 5869) with the label as its info. */
    public SecretKey derived(String label) {
        return new SecretKeySpec(master.derived(label), "AES");
    }

    /** A new key, durable before this returns; throws {@link UncheckedIOException} where the disk refuses it. */
    public DataKey take() {
        pooling.lock();
        try {
            if (pool.isEmpty()) {
                refill();
            }
            return pool.remove();
        } catch (IOException e) {
            throw new UncheckedIOException("No data key could be stored in " + table.directory(), e);
        } finally {
            pooling.unlock();
        }
    }

    private void refill() throws IOException {
        int count = (int) Math.min(BATCH, KeyTable.SEGMENT_KEYS - next % KeyTable.SEGMENT_KEYS);
        List<DataKey> batch = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            batch.add(new DataKey(next + i, randomKey()));
        }
        table.store(batch);
        next += count;
        pool.addAll(batch);
    }

    private static SecretKey randomKey() {
        try {
            KeyGenerator generator = KeyGenerator.getInstance("AES");
            generator.init(256);
            return new SecretKeySpec(generator.generateKey().getEncoded(), "AES");
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no AES", e);
        }
    }

    /** One past the last id that was ever given. */
    public long given() {
        pooling.lock();
        try {
            return next;
        } finally {
            pooling.unlock();
        }
    }

    /** The key of this id; empty where it was destroyed or never given. */
    public Optional<SecretKey> find(long id) {
        try {
            return table.find(id);
        } catch (IOException e) {
            throw new UncheckedIOException("Data key " + id + " could not be read from " + table.directory(), e);
        }
    }

    /**
     * Destroys a key for good: its bytes are overwritten in their file and synced before this returns. Copies that the
     * file system, the device or a backup made are beyond it. Destroying a key twice does nothing more.
     */
    public void destroy(long id) {
        try {
            table.erase(id);
        } catch (IOException e) {
            throw new UncheckedIOException("Data key " + id + " could not be destroyed in " + table.directory(), e);
        }
    }

    /** Lets another process open these keys. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
