package org.cartulary.inference.supervision;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.process.ForkedJava;
import org.cartulary.inference.worker.WorkerMain;
import org.cartulary.inference.worker.WorkerSettings;

/** What one role's worker is started with. */
record Launch(InferenceConfig config, StoredModel model) {
    private static final long FIXED_MEMORY_BYTES = 4L << 30;

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
     * rearranged copy for some processors; what was read takes up to 2 GiB; the rest is for Java and for working memory.
     */
    long memoryLimitBytes() {
        long configured = config.sizes().memoryBytes();
        return configured > 0 ? configured : 2 * model.manifest().bytes() + FIXED_MEMORY_BYTES;
    }

    ForkedJava.Launch process() {
        List<String> options = new ArrayList<>(List.of(role() == ModelCard.Role.CHAT ? "-Xmx256m" : "-Xmx384m"));
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
        boolean chat = role() == ModelCard.Role.CHAT;
        return new WorkerSettings(
                role(),
                socket.toString(),
                model.directory().toAbsolutePath().toString(),
                (onnx ? config.libraries().onnx() : config.libraries().llama())
                        .toAbsolutePath()
                        .toString(),
                config.sizes().contextTokens(),
                config.sizes().sequences(),
                config.queueLength(),
                chat ? config.chatThreads() : config.embeddingThreads());
    }
}
