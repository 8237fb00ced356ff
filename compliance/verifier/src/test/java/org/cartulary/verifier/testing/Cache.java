package org.cartulary.verifier.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** What set-up fetched on this machine. */
public final class Cache {
    private Cache() {}

    /** A folder of vectors of others; where it is not there, the test is skipped and says so. */
    public static Path vectors(String folder) {
        Path vectors = Path.of(System.getProperty("cartulary.cache", "/var/cache/cartulary"), "vectors", folder);
        assumeTrue(Files.isDirectory(vectors), "needs " + vectors + ": deploy/cartulary setup vectors vectors_ml_dsa");
        return vectors;
    }
}
