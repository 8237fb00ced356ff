package org.cartulary.compliance.durable;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory seen through a file system that fails when it is told to, and that can lose its power: then it forgets, as
 * POSIX allows, what was not synced, names and contents alike. The code under test needs no hook for it: it is given another {@link Path}.
 * It is harsher than usual file systems: a sync that failed loses what was written before it, even if a later one succeeds.
 * Thread-safe.
 */
public final class FaultyDisk {
    /** What can fail. */
    public enum Act {
        WRITE,
        SYNC,
        MOVE,
        MAKE,
        DELETE
    }

    /**
     * What fails.
     *
     * @param acts that are counted and that fail
     * @param first of these that fails, 1 or more
     * @param failures how many of these fail from there on
     */
    public record Fault(Set<Act> acts, long first, long failures) {}

    @FunctionalInterface
    private interface Undo {
        void undo() throws IOException;
    }

    /** A name that was made, moved or deleted, until its directory is synced. */
    private record Name(Path directory, Undo undo) {}

    /** What a file held when it was last synced. */
    private static final class Content {
        private final byte[] synced;
        private boolean lost;

        Content(byte[] synced) {
            this.synced = synced;
        }
    }

    private final Path root;
    private final Runnable onFault;
    private final Deque<Name> names = new ArrayDeque<>();
    private final Map<Path, Content> contents = new HashMap<>();
    private @Nullable Fault fault;
    private long counted;

    /** A disk at a directory that exists and is whole. */
    public FaultyDisk(Path root) {
        this(root, () -> {});
    }

    /**
     * As {@link #FaultyDisk(Path)}.
     *
     * @param onFault is called in place of the first act that fails, before it does
     */
    public FaultyDisk(Path root, Runnable onFault) {
        this.root = root;
        this.onFault = onFault;
    }

    /** The directory as the code under test is to see it. */
    public Path path() {
        return new FaultyFileSystem(root.getFileSystem(), this).path(root);
    }

    /** From now on acts are counted, and some fail. */
    public synchronized void fail(Fault next) {
        fault = next;
        counted = 0;
    }

    /** Nothing fails any more. */
    public synchronized void heal() {
        fault = null;
    }

    /** Whether the fault has begun. */
    public synchronized boolean hasFailed() {
        return fault != null && counted >= fault.first();
    }

    /** Whether the fault has begun and nothing fails any more. */
    public synchronized boolean isOver() {
        return fault == null || counted >= fault.first() + fault.failures() - 1;
    }

    synchronized void before(Act act, Path path) throws IOException {
        Fault now = fault;
        if (now == null || !now.acts().contains(act)) {
            return;
        }
        counted++;
        if (counted == now.first()) {
            onFault.run();
        }
        if (counted >= now.first() && counted - now.first() < now.failures()) {
            throw new IOException("Input/output error: " + act + " of " + path);
        }
    }

    synchronized void made(Path path) {
        names.push(new Name(parent(path), () -> deleteTree(path)));
    }

    synchronized void dirty(Path file) throws IOException {
        Content content = contents.get(file);
        if (content == null) {
            contents.put(file, new Content(Files.readAllBytes(file)));
        } else {
            content.lost = false;
        }
    }

    synchronized void sync(Path path) throws IOException {
        Content content = contents.get(path);
        try {
            before(Act.SYNC, path);
        } catch (IOException e) {
            if (content != null) {
                content.lost = true;
            }
            throw e;
        }
        if (Files.isDirectory(path)) {
            names.removeIf(name -> name.directory().equals(path));
        } else if (content != null && !content.lost) {
            contents.remove(path);
        }
    }

    synchronized void move(Path source, Path target, CopyOption... options) throws IOException {
        before(Act.MOVE, target);
        byte @Nullable [] replaced = Files.exists(target) ? Files.readAllBytes(target) : null;
        Files.move(source, target, options);
        Content content = contents.remove(source);
        if (content != null) {
            contents.put(target, content);
        }
        names.push(new Name(parent(target), () -> {
            Files.move(target, source);
            if (replaced != null) {
                Files.write(target, replaced);
            }
        }));
    }

    synchronized void delete(Path path) throws IOException {
        before(Act.DELETE, path);
        boolean directory = Files.isDirectory(path);
        byte[] bytes = Files.isRegularFile(path) ? Files.readAllBytes(path) : new byte[0];
        FileAttribute<Set<PosixFilePermission>> mode = PosixFilePermissions.asFileAttribute(
                Files.exists(path) ? Files.getPosixFilePermissions(path) : Set.of());
        Files.delete(path);
        contents.remove(path);
        names.push(new Name(parent(path), () -> {
            if (Files.notExists(parent(path))) {
                return; // its directory went after it, durably
            }
            if (directory) {
                Files.createDirectory(path, mode);
            } else {
                Files.write(Files.createFile(path, mode), bytes);
            }
        }));
    }

    /** Forgets what was not synced; of a file that was written in place a part may stay. Nothing may be open. */
    public synchronized void losePower(Random random) throws IOException {
        for (Map.Entry<Path, Content> dirty : contents.entrySet()) {
            if (Files.exists(dirty.getKey())) {
                byte[] written = Files.readAllBytes(dirty.getKey());
                Files.write(dirty.getKey(), torn(written, dirty.getValue().synced, random));
            }
        }
        contents.clear();
        while (!names.isEmpty()) {
            names.pop().undo().undo();
        }
    }

    /** The beginning of what was written, and the rest as it was. */
    private static byte[] torn(byte[] written, byte[] synced, Random random) {
        int arrived = random.nextBoolean() ? 0 : random.nextInt(written.length + 1);
        byte[] torn = Arrays.copyOf(synced, Math.max(synced.length, arrived));
        System.arraycopy(written, 0, torn, 0, arrived);
        return torn;
    }

    private static void deleteTree(Path path) throws IOException {
        if (Files.notExists(path)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walked = Files.walk(path)) {
            all = walked.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("Not within a directory: " + path);
        }
        return parent;
    }
}
