package org.cartulary.inference.supervision;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.process.ForkedJava;
import org.cartulary.inference.process.FreeMemory;
import org.cartulary.inference.worker.WorkerMain;
import org.cartulary.inference.worker.WorkerSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one role's worker is started with. */
record Launch(InferenceConfig config, StoredModel model, Lanes lanes) {
    private static final Logger LOG = LoggerFactory.getLogger(Launch.class);
    private static final long FIXED_MEMORY_BYTES = 4L << 30;

    Launch(InferenceConfig config, StoredModel model) {
        this(config, model, Lanes.of(model));
    }

    ModelCard.Role role() {
        return model.role();
    }

    String name() {
        return name(role());
    }

    static String name(ModelCard.Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Bytes that the worker may have for itself. Weights are mapped from their file, but llama.cpp keeps a second,
     * rearranged copy for some processors; what was read takes up to 2 GiB; the rest is for Java and for working memory,
     * of which every lane has its own.
     */
    long memoryLimitBytes() {
        long configured = config.sizes().memoryBytes();
        return configured > 0
                ? configured
                : 2 * model.manifest().bytes() + FIXED_MEMORY_BYTES + config.embeddingThreads() * lanes.bytesEach();
    }

    ForkedJava.Launch process() {
        List<String> options = new ArrayList<>(List.of(role() == ModelCard.Role.CHAT ? "-Xmx256m" : "-Xmx384m"));
        // Garbage is collected early: what a large young generation has touched once never goes back to the system.
        options.addAll(List.of("-Xms64m", "-Xmn16m"));
        options.addAll(config.jvmOptions());
        return new ForkedJava.Launch(
                WorkerMain.class.getName(),
                config.libraries().classPath(),
                options,
                Map.of(
                        // ggml's own backtrace forks a debugger, which hangs in a container.
                        "GGML_NO_BACKTRACE", "1",
                        "OPT_OUT_TRACKING", "true",
                        "DJL_OFFLINE", "true",
                        "MALLOC_ARENA_MAX", "2"));
    }

    WorkerSettings settings(Path socket) {
        boolean onnx = model.manifest().format().equals("onnx");
        return new WorkerSettings(
                role(),
                socket.toString(),
                model.directory().toAbsolutePath().toString(),
                model.manifest(),
                (onnx ? config.libraries().onnx() : config.libraries().llama())
                        .toAbsolutePath()
                        .toString(),
                config.sizes().contextTokens(),
                config.sizes().sequences(),
                config.queueLength(),
                threads());
    }

    /** A chat model's threads share one working memory; others' only as many as there is memory for. */
    private int threads() {
        if (role() == ModelCard.Role.CHAT) {
            return config.chatThreads();
        }
        long free = FreeMemory.bytes();
        int affordable =
                lanes.affordable(config.embeddingThreads(), model.manifest().bytes(), free);
        if (affordable < config.embeddingThreads()) {
            LOG.warn(
                    "The {} worker reads {} texts at a time instead of {}: each takes up to {} MB, and {} MB are free",
                    name(),
                    affordable,
                    config.embeddingThreads(),
                    lanes.bytesEach() / 1_000_000,
                    free / 1_000_000);
        }
        return affordable;
    }
}
