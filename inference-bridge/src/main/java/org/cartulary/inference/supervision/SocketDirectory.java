package org.cartulary.inference.supervision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicLong;
import org.cartulary.inference.InferenceFailed;

/** The directory of the workers' sockets: nobody but the owner may enter it. */
final class SocketDirectory implements AutoCloseable {
    /** A socket's path has 108 bytes with its closing NUL on Linux (unix(7)), on others fewer. */
    private static final int MAX_PATH_BYTES = 100;

    private final Path directory;
    private final boolean temporary;
    private final AtomicLong numbers = new AtomicLong();

    private SocketDirectory(Path directory, boolean temporary) {
        this.directory = directory;
        this.temporary = temporary;
    }

    /** @throws InferenceFailed when it cannot be made */
    static SocketDirectory open(Path wanted) {
        try {
            if (fits(wanted.toAbsolutePath())) {
                Files.createDirectories(wanted);
                Files.setPosixFilePermissions(wanted, PosixFilePermissions.fromString("rwx------"));
                return new SocketDirectory(wanted.toAbsolutePath(), false);
            }
            // Made with mode 0700 by the JDK.
            return new SocketDirectory(Files.createTempDirectory("cartulary"), true);
        } catch (IOException e) {
            throw new InferenceFailed(
                    "The directory " + wanted + " for the workers' sockets cannot be made: check its permissions.", e);
        }
    }

    /** A path for a worker's socket that no other worker of this run has, free of what an earlier run left there. */
    Path socket(String worker) throws IOException {
        Path socket = directory.resolve(worker + "-" + numbers.incrementAndGet() + ".sock");
        Files.deleteIfExists(socket);
        return socket;
    }

    @Override
    public void close() {
        if (temporary) {
            try {
                Files.deleteIfExists(directory);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot remove " + directory, e);
            }
        }
    }

    private static boolean fits(Path directory) {
        String longest = directory.resolve("embedding-1000000.sock").toString();
        return longest.getBytes(StandardCharsets.UTF_8).length <= MAX_PATH_BYTES;
    }
}
