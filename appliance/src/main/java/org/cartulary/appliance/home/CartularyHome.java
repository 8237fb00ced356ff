package org.cartulary.appliance.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The directory of an installation ({@code CARTULARY_HOME}), held by one process at a time. Thread-safe.
 */
public final class CartularyHome implements AutoCloseable {
    /**
     * Those that this process holds. Their locks are never opened again: closing any other descriptor of a file would give up the
     * process's own lock on it (POSIX, fcntl).
     */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel lockFile;

    private CartularyHome(Path directory, FileChannel lockFile) {
        this.directory = directory;
        this.lockFile = lockFile;
    }

    /**
     * Makes the directory where it is absent and takes possession of it.
     *
     * @throws HomeTaken when another process holds it
     * @throws UncheckedIOException when it cannot be written
     */
    public static CartularyHome hold(Path directory) {
        Path home = directory.toAbsolutePath().normalize();
        if (!OWN.add(home)) {
            throw new HomeTaken(home);
        }
        try {
            ownerOnly(home);
            Path run = ownerOnly(home.resolve("run"));
            FileChannel channel =
                    FileChannel.open(run.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                OWN.remove(home);
                throw new HomeTaken(home);
            }
            return new CartularyHome(home, channel);
        } catch (IOException e) {
            OWN.remove(home);
            throw new UncheckedIOException(
                    "The home " + directory + " cannot be used (" + e.getMessage()
                            + "): make it writable or name another by CARTULARY_HOME.",
                    e);
        }
    }

    /** Whether some process holds this home now. */
    public static boolean isHeld(Path directory) {
        Path home = directory.toAbsolutePath().normalize();
        if (OWN.contains(home)) {
            return true;
        }
        Path lock = home.resolve("run").resolve("lock");
        if (!Files.exists(lock)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            return !locked(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("The home's lock " + lock + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Makes a directory that only its owner can enter. */
    public static Path ownerOnly(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        return directory;
    }

    public Path directory() {
        return directory;
    }

    public Path configuration() {
        return directory.resolve("cartulary.yml");
    }

    public Path postgres() {
        return directory.resolve("postgresql");
    }

    /** Where forms with files lie until they are stored; emptied, since what a killed process left there is of no use. */
    public Path freshUploads() {
        try {
            Path uploads = run().resolve("uploads");
            DirectoryTree.delete(uploads);
            return ownerOnly(uploads);
        } catch (IOException e) {
            throw new UncheckedIOException("The directory for uploads cannot be made in " + run(), e);
        }
    }

    /** Short-lived things of the running process: sockets and locks, mode 0700. */
    public Path run() {
        return directory.resolve("run");
    }

    /** Gives the home to whoever comes next. */
    @Override
    public void close() {
        try {
            lockFile.close();
            OWN.remove(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("The home's lock could not be released", e);
        }
    }
}
