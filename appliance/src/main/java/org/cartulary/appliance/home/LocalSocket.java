package org.cartulary.appliance.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the console's socket lies. Linux allows 107 bytes for the path of a Unix socket, so a deep home keeps its socket in
 * a private directory elsewhere and only a note of it in the home.
 */
public final class LocalSocket {
    private static final int MAX_PATH_BYTES = 100;

    private LocalSocket() {}

    /**
     * Chooses the path for a server about to start, removes what a killed one left there, and notes it in the home.
     */
    public static Path choose(CartularyHome home) {
        try {
            Path socket = home.run().resolve("console.sock");
            if (bytes(socket) > MAX_PATH_BYTES) {
                socket = Files.createTempDirectory("cartulary-").resolve("console.sock");
            }
            Files.deleteIfExists(socket);
            Files.writeString(note(home.directory()), socket.toString());
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException("The console's socket cannot be made: " + e.getMessage(), e);
        }
    }

    /** Removes the socket of a server that stops, and the directory made for it elsewhere. */
    public static void forget(Path socket, CartularyHome home) {
        try {
            Files.deleteIfExists(socket);
            Path directory = socket.getParent();
            if (directory != null && !directory.equals(home.run())) {
                Files.deleteIfExists(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The console's socket " + socket + " cannot be removed", e);
        }
    }

    /** The path that the running server noted. */
    public static Path find(Path home) {
        try {
            return Path.of(Files.readString(note(home.toAbsolutePath().normalize())));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The appliance on " + home + " has not opened its console socket yet: try again in a moment.", e);
        }
    }

    private static Path note(Path home) {
        return home.resolve("run").resolve("console.path");
    }

    private static int bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
