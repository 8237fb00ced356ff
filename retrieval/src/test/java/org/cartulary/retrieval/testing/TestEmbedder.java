package org.cartulary.retrieval.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.models.ModelStore;
import org.cartulary.inference.supervision.InferenceConfig;
import org.cartulary.inference.supervision.InferenceWorkers;
import org.jspecify.annotations.Nullable;

/** The default embedder in its worker process, one for all tests of a JVM; it ends with the JVM. */
public final class TestEmbedder {
    private static @Nullable Embedder shared;

    private TestEmbedder() {}

    /** Starts the worker at first use, from the cache of downloads. */
    public static synchronized Embedder shared() {
        if (shared == null) {
            shared = start(cache());
        }
        return shared;
    }

    private static Embedder start(Path cache) {
        try {
            InferenceConfig config = new InferenceConfig(
                    new InferenceConfig.Libraries(
                            cache.resolve("llama"),
                            cache.resolve("onnx/1.28.0-linux-x64"),
                            System.getProperty("java.class.path")),
                    Map.of(
                            ModelCard.Role.EMBEDDING,
                            new ModelStore(cache.resolve("models")).defaultFor(ModelCard.Role.EMBEDDING)),
                    Map.of(),
                    Files.createTempDirectory("cartulary-embedder-"),
                    new InferenceConfig.Sizes(1, 2, 512, 1, 64, 0),
                    new InferenceConfig.Times(
                            Duration.ofSeconds(60),
                            Duration.ofMinutes(2),
                            Duration.ofMinutes(2),
                            Duration.ofSeconds(30)),
                    List.of());
            InferenceWorkers workers = InferenceWorkers.start(config);
            Runtime.getRuntime().addShutdownHook(new Thread(workers::close));
            return workers.embedder();
        } catch (IOException e) {
            throw new UncheckedIOException("No directory for the embedder's socket", e);
        }
    }

    private static Path cache() {
        String configured = System.getProperty("cartulary.cache", "");
        if (!configured.isEmpty() && !configured.startsWith("$")) {
            return Path.of(configured);
        }
        Path standard = Path.of("/var/cache/cartulary");
        return Files.isDirectory(standard) ? standard : Path.of(System.getProperty("user.home"), ".cache/cartulary");
    }
}
