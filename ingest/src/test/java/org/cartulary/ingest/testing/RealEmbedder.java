package org.cartulary.ingest.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.supervision.InferenceConfig;
import org.cartulary.inference.supervision.InferenceWorkers;

/** The default embedding model in its worker process, one for all tests of a JVM. */
final class RealEmbedder {
    private static final InferenceWorkers WORKERS = start();

    private RealEmbedder() {}

    static Embedder get() {
        return WORKERS.embedder();
    }

    private static InferenceWorkers start() {
        try {
            Path cache = Path.of(System.getProperty("cartulary.cache"));
            Path sockets = Files.createTempDirectory("cartulary-ingest-sockets-");
            InferenceWorkers workers = InferenceWorkers.start(
                    InferenceConfig.defaults(cache, sockets).withChat(null));
            Runtime.getRuntime().addShutdownHook(new Thread(workers::close));
            return workers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
