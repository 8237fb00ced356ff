package org.cartulary.inference.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The parts that set-up fetched. */
public final class Cache {
    private Cache() {}

    /** The cache; skips the test where set-up has not run. */
    public static Path directory() {
        Path directory = Path.of(System.getProperty("cartulary.cache", "/var/cache/cartulary"));
        Assumptions.assumeTrue(
                Files.isDirectory(llama(directory)) && Files.isDirectory(directory.resolve("models")),
                "The cache " + directory + " was not filled by set-up");
        return directory;
    }

    /** llama.cpp's libraries. */
    public static Path llamaLibraries() {
        return llama(directory());
    }

    private static Path llama(Path cache) {
        return cache.resolve("llama/v0.5.0-linux-x64");
    }
}
