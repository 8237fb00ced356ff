package org.cartulary.compliance.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** What set-up fetched on this machine. */
public final class Cache {
    private Cache() {}

    /** The cache itself: the one that Maven was told of, else that of this user. */
    static Path directory() {
        String cache = System.getProperty("cartulary.cache", "");
        return Path.of(cache.isBlank() || cache.startsWith("${") ? standard() : cache);
    }

    private static String standard() {
        if ("root".equals(System.getProperty("user.name"))) {
            return "/var/cache/cartulary";
        }
        String caches = System.getenv("XDG_CACHE_HOME");
        return caches == null ? System.getProperty("user.home") + "/.cache/cartulary" : caches + "/cartulary";
    }

    /** A folder of vectors of others; where it is not there, the test is skipped and says so. */
    public static Path vectors(String folder) {
        Path vectors = directory().resolve("vectors").resolve(folder);
        assumeTrue(Files.isDirectory(vectors), "needs " + vectors + ": deploy/cartulary setup vectors vectors_ml_dsa");
        return vectors;
    }
}
