package org.cartulary.compliance.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Writes that are whole and durable once the call returns, or have left the old state in place. One writer at a time
 * for each path; readers never see part of a file.
 */
public final class DurableFiles {
    private static final Set<PosixFilePermission> PUBLIC = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private DurableFiles() {}

    /** Puts {@code content} at {@code target}, replacing what was there, and creates missing parent directories. */
    public static void write(Path target, byte[] content) throws IOException {
        replace(target, content, PUBLIC);
    }

    /**
     * As {@link #write} for several files, all of them durable once the call returns. Their syncs are asked for together,
     * and the file system joins them. Where it fails some may be there.
     */
    public static void writeAll(Map<Path, byte[]> files) throws IOException {
        writeAll(files, Map.of());
    }

    /**
     * As {@link #writeAll(Map)}, and has the content of more files ready on the disk, which {@link #showPrepared} then puts in
     * place: they were to wait for the first ones, but their contents need not.
     */
    public static void writeAll(Map<Path, byte[]> files, Map<Path, byte[]> later) throws IOException {
        Map<Path, byte[]> all = new LinkedHashMap<>(files);
        all.putAll(later);
        Set<Path> directories = new LinkedHashSet<>();
        for (Path target : files.keySet()) {
            directories.add(parent(target));
        }
        for (Path directory : directories) {
            createDirectories(directory);
        }
        try {
            together(
                    all.entrySet(),
                    file -> writeTemporary(
                            file.getKey(),
                            PUBLIC,
                            channel -> writeFully(channel, ByteBuffer.wrap(file.getValue()), 0)));
        } catch (IOException e) {
            for (Path target : all.keySet()) {
                Files.deleteIfExists(temporary(target));
            }
            throw e;
        }
        for (Path target : files.keySet()) {
            rename(target);
        }
        together(directories, DurableFiles::syncDirectory);
    }

    /** Puts a file in place whose content {@link #writeAll(Map, Map)} has made ready. */
    public static void showPrepared(Path target) throws IOException {
        rename(target);
        syncParent(target);
    }

    @FunctionalInterface
    private interface Act<T> {
        void on(T subject) throws IOException;
    }

    /** Does the same to all at once; waits for all, and fails as the first that failed. */
    private static <T> void together(Collection<T> subjects, Act<T> act) throws IOException {
        if (subjects.isEmpty()) {
            return;
        }
        if (subjects.size() == 1) {
            act.on(subjects.iterator().next());
            return;
        }
        List<Future<?>> acts = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (T subject : subjects) {
                acts.add(threads.submit(() -> {
                    act.on(subject);
                    return subject;
                }));
            }
        }
        for (Future<?> done : acts) {
            if (done.state() == Future.State.FAILED) {
                throw failure(done.exceptionNow());
            }
        }
    }

    private static IOException failure(Throwable cause) {
        return cause instanceof IOException failed ? failed : new IOException(cause.toString(), cause);
    }

    /** As {@link #write}, readable by nobody but the owner (mode 0600) from the first byte on. */
    public static void writeSecret(Path target, byte[] content) throws IOException {
        replace(target, content, OWNER_ONLY);
    }

    /** What writes a file that is too large for memory, in any order. */
    @FunctionalInterface
    public interface Writer {
        void writeTo(FileChannel channel) throws IOException;
    }

    /** As {@link #writeSecret}, for content that is made while it is written; where that fails, nothing is replaced. */
    public static void buildSecret(Path target, Writer writer) throws IOException {
        replace(target, OWNER_ONLY, writer);
    }

    private static void replace(Path target, byte[] content, Set<PosixFilePermission> permissions) throws IOException {
        replace(target, permissions, channel -> writeFully(channel, ByteBuffer.wrap(content), 0));
    }

    private static void replace(Path target, Set<PosixFilePermission> permissions, Writer writer) throws IOException {
        Path directory = parent(target);
        createDirectories(directory);
        writeTemporary(target, permissions, writer);
        rename(target);
        syncDirectory(directory);
    }

    private static void writeTemporary(Path target, Set<PosixFilePermission> permissions, Writer writer)
            throws IOException {
        Path temporary = temporary(target);
        Files.deleteIfExists(temporary);
        try (FileChannel channel = FileChannel.open(
                temporary,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(permissions))) {
            writer.writeTo(channel);
            channel.force(true);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    private static Path temporary(Path target) {
        return target.resolveSibling("." + target.getFileName() + ".tmp");
    }

    private static void rename(Path target) throws IOException {
        Files.move(temporary(target), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Creates a directory and its missing parents; each new name is durable in its own parent. One that cannot be made so is
     * taken away again, as the next attempt would take it for durable.
     */
    public static void createDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            createDirectories(parent);
        }
        Files.createDirectories(directory);
        if (parent != null) {
            try {
                syncDirectory(parent);
            } catch (IOException e) {
                Files.deleteIfExists(directory);
                throw e;
            }
        }
    }

    /** As {@link #createDirectories}, with mode 0700 on the last one. */
    public static void createSecretDirectory(Path directory) throws IOException {
        createDirectories(directory);
        Files.setPosixFilePermissions(directory, OWNER_ONLY_DIRECTORY);
    }

    /** Deletes a directory with all that is in it, if it is there. */
    public static void deleteTree(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walked = Files.walk(directory)) {
            all = walked.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
        syncParent(directory);
    }

    /** Overwrites bytes of an existing file in place and syncs it, so that the old ones stand nowhere in that file. */
    public static void overwrite(Path file, long offset, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            writeFully(channel, ByteBuffer.wrap(content), offset);
            channel.force(true);
        }
    }

    /** Writes at {@code offset} of a file that is created where absent (mode 0600), then syncs it and its directory. */
    public static void writeSecretAt(Path file, long offset, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            writeFully(channel, ByteBuffer.wrap(content), offset);
            channel.force(true);
        }
        // Also where the file was there: an attempt before may have failed between its creation and this.
        syncDirectory(parent(file));
    }

    /** Makes names that were added to, moved within or removed from a directory durable. */
    public static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Makes the name of a file durable in its directory. */
    public static void syncParent(Path file) throws IOException {
        syncDirectory(parent(file));
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("Not a file within a directory: " + file);
        }
        return parent;
    }

    private static void writeFully(FileChannel channel, ByteBuffer content, long offset) throws IOException {
        long at = offset;
        while (content.hasRemaining()) {
            at += channel.write(content, at);
        }
    }
}
