package org.cartulary.compliance.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.cartulary.compliance.durable.DurableFiles;

/**
 * Wrapped keys in segment files of {@value #SEGMENT_KEYS} slots of {@value #SLOT_BYTES} bytes. A key's id is its slot,
 * so that an id is never used again; a destroyed or torn slot is all zeros.
 */
final class KeyTable {
    static final int SEGMENT_KEYS = 4096;
    private static final int SLOT_BYTES = KeyFiles.KEY_BYTES + Seal.OVERHEAD_BYTES;

    private final Path directory;
    private final SecretKey master;

    private KeyTable(Path directory, SecretKey master) {
        this.directory = directory;
        this.master = master;
    }

    static KeyTable open(Path directory, MasterKey master) throws IOException {
        KeyTable table = new KeyTable(directory, master.wrapping());
        table.requireMasterFits();
        return table;
    }

    /** Whether a directory of segments holds none. */
    static boolean isUnused(Path directory) throws IOException {
        return lastSegment(directory) < 0;
    }

    Path directory() {
        return directory;
    }

    /** One past the last slot that a segment file has room for, torn ones included. */
    long end() throws IOException {
        long last = lastSegment(directory);
        if (last < 0) {
            return 0;
        }
        long slots = (Files.size(segment(last)) + SLOT_BYTES - 1) / SLOT_BYTES;
        return last * SEGMENT_KEYS + slots;
    }

    /** Stores keys with consecutive ids of one segment, durably. */
    void store(List<DataKey> batch) throws IOException {
        ByteBuffer slots = ByteBuffer.allocate(batch.size() * SLOT_BYTES);
        for (DataKey key : batch) {
            slots.put(Seal.seal(master, key.id(), key.key().getEncoded()));
        }
        long first = batch.getFirst().id();
        DurableFiles.writeSecretAt(segment(first / SEGMENT_KEYS), offset(first), slots.array());
    }

    Optional<SecretKey> find(long id) throws IOException {
        byte[] slot = read(id);
        if (isEmpty(slot)) {
            return Optional.empty();
        }
        return Optional.of(new SecretKeySpec(Seal.open(master, id, slot), "AES"));
    }

    void erase(long id) throws IOException {
        if (!isEmpty(read(id))) {
            DurableFiles.overwrite(segment(id / SEGMENT_KEYS), offset(id), new byte[SLOT_BYTES]);
        }
    }

    private byte[] read(long id) throws IOException {
        ByteBuffer slot = ByteBuffer.allocate(SLOT_BYTES);
        Path file = segment(id / SEGMENT_KEYS);
        if (id < 0 || !Files.exists(file)) {
            return slot.array();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long at = offset(id);
            for (int count = 0; slot.hasRemaining() && count >= 0; ) {
                count = channel.read(slot, at + slot.position());
            }
        }
        return slot.hasRemaining() ? new byte[SLOT_BYTES] : slot.array();
    }

    /**
     * A wrong master key is found at the start, not at the first question that needs an old key. One slot that opens is
     * proof enough: a crash can tear slots at the end that were never handed out.
     */
    private void requireMasterFits() throws IOException {
        boolean any = false;
        long end = end();
        for (long id = end - 1; id >= Math.max(0, end - 2L * DataKeys.BATCH); id--) {
            byte[] slot = read(id);
            if (opens(id, slot)) {
                return;
            }
            any |= !isEmpty(slot);
        }
        if (any) {
            throw new KeyUnusable(
                    "The master key does not open the keys in " + directory
                            + ": put the right master.key back, or give the right credential",
                    null);
        }
    }

    private boolean opens(long id, byte[] slot) {
        if (isEmpty(slot)) {
            return false;
        }
        try {
            Seal.open(master, id, slot);
            return true;
        } catch (KeyUnusable e) {
            return false;
        }
    }

    private static boolean isEmpty(byte[] slot) {
        return Arrays.equals(slot, new byte[slot.length]);
    }

    private static long offset(long id) {
        return id % SEGMENT_KEYS * SLOT_BYTES;
    }

    private Path segment(long number) {
        return directory.resolve(String.format(Locale.ROOT, "%09d.keys", number));
    }

    private static long lastSegment(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d{9}\\.keys"))
                    .mapToLong(name -> Long.parseLong(name.substring(0, 9)))
                    .max()
                    .orElse(-1);
        }
    }
}
