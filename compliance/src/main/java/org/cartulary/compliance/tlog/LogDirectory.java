package org.cartulary.compliance.tlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.cartulary.compliance.durable.DurableFiles;
import org.jspecify.annotations.Nullable;

/**
 * The published files of a log: {@code checkpoint}, {@code log.vkey}, {@code log-ml-dsa-44.vkey} and {@code tile/…}. Any number of readers, one
 * writer. Tiles never change: writing one again with other bytes is refused. The directory can be moved while it is read.
 */
public final class LogDirectory {
    /** Apart from {@code log.vkey}, which has one line, as those expect who read it with foreign tools. */
    private static final String COSIGNER_VKEY = "log-ml-dsa-44.vkey";

    private static final int MAX_ENTRY_BYTES = 65_535;

    /** In the order in which they move. */
    private static final List<String> FILES =
            List.of("tile", "checkpoint", "witnessed", "contradiction", COSIGNER_VKEY, "log.vkey");

    private final ReentrantReadWriteLock moving = new ReentrantReadWriteLock();
    private volatile Path directory;
    private volatile @Nullable FileStore store;

    public LogDirectory(Path directory) {
        this.directory = directory;
    }

    public Path path() {
        return directory;
    }

    /**
     * Moves what is published into another directory of the same file system. The verifier key goes last: as long as it is
     * here a move was cut short, and is to be done again.
     */
    public void moveTo(Path target) throws IOException {
        moving.writeLock().lock();
        try {
            DurableFiles.createDirectories(target);
            for (String name : FILES) {
                if (Files.exists(directory.resolve(name))) {
                    Files.move(directory.resolve(name), target.resolve(name), StandardCopyOption.ATOMIC_MOVE);
                    DurableFiles.syncDirectory(target);
                    DurableFiles.syncDirectory(directory);
                }
            }
            directory = target;
            store = null;
        } finally {
            moving.writeLock().unlock();
        }
    }

    /** Bytes that the file system still takes. */
    public long usableBytes() throws IOException {
        FileStore known = store;
        if (known == null) {
            // Finding it reads the table of all mounts, and every append asks.
            known = Files.getFileStore(directory);
            store = known;
        }
        return known.getUsableSpace();
    }

    /** The published checkpoint, as it stands in its file; empty before the first one. */
    public Optional<String> checkpoint() throws IOException {
        return text("checkpoint");
    }

    /** Publishes a checkpoint: from the return on, this is what readers find, also after a crash. */
    public void publish(String note) throws IOException {
        write("checkpoint", note);
    }

    /** The last checkpoint that a quorum of witnesses signed, with what they signed; empty where none was. */
    public Optional<String> witnessed() throws IOException {
        return text("witnessed");
    }

    /** Keeps such a checkpoint. */
    public void writeWitnessed(String note) throws IOException {
        write("witnessed", note);
    }

    /** A checkpoint that this log's key signed and that was not of this log; empty where none was shown. */
    public Optional<String> contradiction() throws IOException {
        return text("contradiction");
    }

    /** Forgets it: for when the log holds it again. */
    public void deleteContradiction() throws IOException {
        Files.deleteIfExists(directory.resolve("contradiction"));
        DurableFiles.syncDirectory(directory);
    }

    /** Keeps a checkpoint that this log's key signed and that is not of this log: evidence of a lost or second history. */
    public void writeContradiction(String note) throws IOException {
        write("contradiction", note);
    }

    /** The verifier key that readers are given; empty before the first start. */
    public Optional<String> vkey() throws IOException {
        return text("log.vkey").map(String::strip);
    }

    public void writeVkey(String vkey) throws IOException {
        write("log.vkey", vkey + "\n");
    }

    /** The verifier key of the log's ML-DSA-44 signatures; empty before the first start that made any. */
    public Optional<String> cosignerVkey() throws IOException {
        return text(COSIGNER_VKEY).map(String::strip);
    }

    public void writeCosignerVkey(String vkey) throws IOException {
        write(COSIGNER_VKEY, vkey + "\n");
    }

    private Optional<String> text(String name) throws IOException {
        moving.readLock().lock();
        try {
            return Optional.of(Files.readString(directory.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } finally {
            moving.readLock().unlock();
        }
    }

    private void write(String name, String text) throws IOException {
        moving.readLock().lock();
        try {
            DurableFiles.write(directory.resolve(name), text.getBytes(StandardCharsets.UTF_8));
        } finally {
            moving.readLock().unlock();
        }
    }

    /**
     * The bytes of a tile. A partial tile that was deleted because its full tile exists is cut out of that one.
     *
     * @throws NoSuchFileException where neither exists
     */
    public byte[] read(Tile tile) throws IOException {
        moving.readLock().lock();
        try {
            return requireWidth(tile, Files.readAllBytes(directory.resolve(tile.path())));
        } catch (NoSuchFileException e) {
            if (tile.isFull()) {
                throw e;
            }
            return cut(tile, Files.readAllBytes(directory.resolve(tile.full().path())));
        } finally {
            moving.readLock().unlock();
        }
    }

    private static byte[] requireWidth(Tile tile, byte[] bytes) throws IOException {
        byte[] whole = cut(tile, bytes);
        if (whole.length != bytes.length) {
            throw new IOException(tile.path() + " is longer than " + tile.width() + " entries");
        }
        return whole;
    }

    private static byte[] cut(Tile tile, byte[] bytes) throws IOException {
        int length = tile.level() == Tile.ENTRIES ? bundleLength(tile, bytes) : tile.width() * MerkleHash.BYTES;
        if (length > bytes.length) {
            throw new IOException(tile.path() + " is cut off after " + bytes.length + " bytes");
        }
        return Arrays.copyOf(bytes, length);
    }

    private static int bundleLength(Tile tile, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        for (int i = 0; i < tile.width(); i++) {
            if (buffer.remaining() < Short.BYTES) {
                throw new IOException(tile.path() + " is cut off after " + i + " entries");
            }
            int length = Short.toUnsignedInt(buffer.getShort());
            if (buffer.remaining() < length) {
                throw new IOException(tile.path() + " is cut off within entry " + i);
            }
            buffer.position(buffer.position() + length);
        }
        return buffer.position();
    }

    /**
     * Makes tiles durable. Writing the same bytes again is harmless.
     *
     * @throws TileConflict where one exists with other bytes
     */
    void write(Map<Tile, byte[]> tiles) throws IOException {
        Map<Path, byte[]> absent = new LinkedHashMap<>();
        for (Map.Entry<Tile, byte[]> tile : tiles.entrySet()) {
            Path file = directory.resolve(tile.getKey().path());
            if (!Files.exists(file)) {
                absent.put(file, tile.getValue());
            } else if (Arrays.equals(Files.readAllBytes(file), tile.getValue())) {
                // A crash may have come between its rename and the sync of its directory.
                DurableFiles.syncParent(file);
            } else {
                throw new TileConflict(file);
            }
        }
        if (!absent.isEmpty()) {
            DurableFiles.writeAll(absent);
        }
    }

    /**
     * Makes the directories durable that these tiles lie in, those that there are: a crash may have come between the
     * creation of one and the sync of its parent.
     */
    void syncDirectories(List<Tile> tiles) throws IOException {
        Set<Path> parents = new TreeSet<>();
        for (Tile tile : tiles) {
            Path parent = directory.resolve(tile.path()).getParent();
            while (parent != null && !parent.equals(directory)) {
                parent = parent.getParent();
                parents.add(parent);
            }
        }
        for (Path parent : parents) {
            if (Files.isDirectory(parent)) {
                DurableFiles.syncDirectory(parent);
            }
        }
    }

    /** Deletes the partial tiles of a tile that is now full; C2SP tlog-tiles allows it from then on. */
    void deletePartials(Tile full) throws IOException {
        Path partials = directory.resolve(full.path() + ".p");
        if (!Files.isDirectory(partials)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> listed = Files.list(partials)) {
            files = new ArrayList<>(listed.toList());
        }
        files.add(partials);
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        DurableFiles.syncParent(partials);
    }

    /** The bytes of an entry bundle: each entry after its length as big-endian uint16. */
    static byte[] bundle(List<byte[]> entries) {
        int length =
                entries.stream().mapToInt(entry -> Short.BYTES + entry.length).sum();
        ByteBuffer bundle = ByteBuffer.allocate(length);
        for (byte[] entry : entries) {
            if (entry.length > MAX_ENTRY_BYTES) {
                throw new IllegalArgumentException("An entry of a bundle has at most " + MAX_ENTRY_BYTES + " bytes");
            }
            bundle.putShort((short) entry.length).put(entry);
        }
        return bundle.array();
    }
}
