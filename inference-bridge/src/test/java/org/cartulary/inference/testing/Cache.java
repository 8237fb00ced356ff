package org.cartulary.inference.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.cartulary.inference.bench.ReferenceModels;
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

    /**
     * The default embedder's original and what is made of it; skips the test where set-up has not fetched it. What is
     * made stays below the module's build directory.
     */
    public static ReferenceModels reference() {
        Optional<ReferenceModels> found = ReferenceModels.in(directory(), Path.of("target/reference"));
        Assumptions.assumeTrue(
                found.isPresent(), "The reference embedder is not in the cache: run deploy/cartulary setup reference");
        return found.orElseThrow();
    }

    /** llama.cpp's libraries. */
    public static Path llamaLibraries() {
        return llama(directory());
    }

    private static Path llama(Path cache) {
        return cache.resolve("llama/v0.5.0-linux-x64");
    }
}
