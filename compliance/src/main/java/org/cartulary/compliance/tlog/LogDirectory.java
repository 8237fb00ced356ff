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
import java.util.Comparator;
import java.util.HashMap;
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

    private static final String CHECKPOINT = "checkpoint";

    private static final int MAX_ENTRY_BYTES = 65_535;

    /** In the order in which they move. */
    private static final List<String> FILES =
            List.of("tile", CHECKPOINT, "witnessed", "contradiction", COSIGNER_VKEY, "log.vkey");

    private final ReentrantReadWriteLock moving = new ReentrantReadWriteLock();
    private volatile Path directory;
    private volatile @Nullable FileStore store;

    /** Tiles that are about to be written, by their full ones: proofs need not wait for the disk. */
    private volatile Map<Tile, Held> ahead = Map.of();

    @SuppressWarnings("ArrayRecordComponent")
    private record Held(int width, byte[] bytes) {}

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
        return text(CHECKPOINT);
    }

    /** Publishes a checkpoint: from the return on, this is what readers find, also after a crash. */
    public void publish(String note) throws IOException {
        write(CHECKPOINT, note);
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
     * The bytes of a tile. A partial tile of a checkpoint that was not published by itself, or whose full tile exists since, is
     * cut out of a wider one.
     *
     * @throws NoSuchFileException where neither exists
     */
    public byte[] read(Tile tile) throws IOException {
        Held held = ahead.get(tile.full());
        if (held != null && held.width() >= tile.width()) {
            return cut(tile, held.bytes());
        }
        moving.readLock().lock();
        try {
            return requireWidth(tile, Files.readAllBytes(directory.resolve(tile.path())));
        } catch (NoSuchFileException e) {
            if (tile.isFull()) {
                throw e;
            }
            return cut(tile, readWider(tile));
        } finally {
            moving.readLock().unlock();
        }
    }

    private byte[] readWider(Tile tile) throws IOException {
        Path full = directory.resolve(tile.full().path());
        try (Stream<Path> partials = Files.list(directory.resolve(tile.full().path() + ".p"))) {
            Optional<Path> wider = partials.filter(file -> width(file) >= tile.width())
                    .min(Comparator.comparingInt(LogDirectory::width));
            if (wider.isPresent()) {
                return Files.readAllBytes(wider.get());
            }
        } catch (NoSuchFileException e) {
            return Files.readAllBytes(full); // which is there before the partial ones go
        }
        return Files.readAllBytes(full);
    }

    /** Of a partial tile's file; 0 of any other. */
    private static int width(Path partial) {
        String name = String.valueOf(partial.getFileName());
        return name.matches("[1-9][0-9]{0,2}") ? Integer.parseInt(name) : 0;
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

    /** Has readers find these tiles, and all narrower ones of their place, before they are written. */
    synchronized void showAhead(Map<Tile, byte[]> tiles) {
        Map<Tile, Held> all = new HashMap<>(ahead);
        tiles.forEach((tile, bytes) -> all.put(tile.full(), new Held(tile.width(), bytes)));
        ahead = Map.copyOf(all);
    }

    /** From now on readers find what is written, and no more. */
    public synchronized void forgetAhead() {
        ahead = Map.of();
    }

    /** What a tree of this size has is written. */
    private synchronized void forgetAhead(long size) {
        Map<Tile, Held> left = new HashMap<>(ahead);
        left.entrySet().removeIf(entry -> {
            Tile tile = entry.getKey();
            long held = tile.index() * Tile.FULL_WIDTH + entry.getValue().width();
            return held <= Tile.hashesAt(Math.max(0, tile.level()), size);
        });
        ahead = Map.copyOf(left);
    }

    /**
     * Makes the tiles durable by which a tree grew from {@code old} to {@code size} leaves and that readers find already, and
     * has its checkpoint ready for {@link #publishPrepared}.
     */
    public void writeAhead(long old, long size, String note) throws IOException {
        Map<Tile, byte[]> tiles = new LinkedHashMap<>();
        for (Tile tile : Tile.between(old, size)) {
            tiles.put(tile, read(tile));
        }
        write(tiles, Map.of(directory.resolve(CHECKPOINT), note.getBytes(StandardCharsets.UTF_8)));
        forgetAhead(size);
    }

    /** As {@link #publish}, of the checkpoint that was made ready. */
    public void publishPrepared() throws IOException {
        DurableFiles.showPrepared(directory.resolve(CHECKPOINT));
    }

    /**
     * Makes tiles durable. Writing the same bytes again is harmless.
     *
     * @throws TileConflict where one exists with other bytes
     */
    void write(Map<Tile, byte[]> tiles) throws IOException {
        write(tiles, Map.of());
    }

    private void write(Map<Tile, byte[]> tiles, Map<Path, byte[]> later) throws IOException {
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
        if (!absent.isEmpty() || !later.isEmpty()) {
            DurableFiles.writeAll(absent, later);
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
