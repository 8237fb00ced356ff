package org.cartulary.inference.supervision;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.models.ModelStore;
import org.cartulary.inference.models.StoredModel;
import org.jspecify.annotations.Nullable;

/**
 * How the workers are to run.
 *
 * @param llamaLibraries directory of llama.cpp's shared libraries
 * @param onnxLibraries directory for ONNX Runtime's shared libraries, filled at the first start
 * @param chat the model that answers, or null for no chat worker
 * @param embedding the model that embeds, or null for no embedding worker
 * @param socketDirectory made with mode 0700; where its path is too long for a socket, a private temporary one is used
 * @param chatThreads threads of the chat worker at most; it takes fewer while other processes compute
 * @param embeddingThreads threads of the embedding worker
 * @param contextTokens longest prompt and answer together; never more than the model was trained for
 * @param sequences answers made at the same time, 1 to 32
 * @param queueLength requests that wait in a worker at most, 1 to 4096
 * @param patience how long a call waits for a worker that is starting
 * @param loadPatience how long a worker may take to load its model
 * @param hangAfter a worker with work that makes no progress for so long is killed
 * @param jvmOptions for the workers, after the module's own
 * @param classPath of the workers, in the form of {@code -cp}
 */
public record InferenceConfig(
        Path llamaLibraries,
        Path onnxLibraries,
        @Nullable StoredModel chat,
        @Nullable StoredModel embedding,
        Path socketDirectory,
        int chatThreads,
        int embeddingThreads,
        int contextTokens,
        int sequences,
        int queueLength,
        Duration patience,
        Duration loadPatience,
        Duration hangAfter,
        List<String> jvmOptions,
        String classPath) {
    private static final String LLAMA = "llama/v0.5.0-linux-x64";
    private static final String ONNX = "onnx/1.28.0-linux-x64";

    public InferenceConfig {
        jvmOptions = List.copyOf(jvmOptions);
    }

    /**
     * The default models out of a cache, and sizes for this machine.
     *
     * @param cache the directory that set-up filled
     * @param socketDirectory see the record
     * @throws org.cartulary.inference.models.ModelRefused when the cache has no default models
     */
    public static InferenceConfig defaults(Path cache, Path socketDirectory) {
        ModelStore store = new ModelStore(cache.resolve("models"));
        int cores = ProcessorCores.count();
        return new InferenceConfig(
                cache.resolve(LLAMA),
                cache.resolve(ONNX),
                store.defaultFor(ModelCard.Role.CHAT),
                store.defaultFor(ModelCard.Role.EMBEDDING),
                socketDirectory,
                cores,
                cores,
                8192,
                4,
                32,
                Duration.ofSeconds(60),
                Duration.ofMinutes(10),
                Duration.ofMinutes(2),
                List.of(),
                System.getProperty("java.class.path"));
    }

    /** The same with another chat model, or none. */
    public InferenceConfig withChat(@Nullable StoredModel model) {
        return new InferenceConfig(
                llamaLibraries,
                onnxLibraries,
                model,
                embedding,
                socketDirectory,
                chatThreads,
                embeddingThreads,
                contextTokens,
                sequences,
                queueLength,
                patience,
                loadPatience,
                hangAfter,
                jvmOptions,
                classPath);
    }

    /** The same with another embedding model, or none. */
    public InferenceConfig withEmbedding(@Nullable StoredModel model) {
        return new InferenceConfig(
                llamaLibraries,
                onnxLibraries,
                chat,
                model,
                socketDirectory,
                chatThreads,
                embeddingThreads,
                contextTokens,
                sequences,
                queueLength,
                patience,
                loadPatience,
                hangAfter,
                jvmOptions,
                classPath);
    }

    /** The same with other sizes. */
    public InferenceConfig withSizes(int tokens, int answers, int queue) {
        return new InferenceConfig(
                llamaLibraries,
                onnxLibraries,
                chat,
                embedding,
                socketDirectory,
                chatThreads,
                embeddingThreads,
                tokens,
                answers,
                queue,
                patience,
                loadPatience,
                hangAfter,
                jvmOptions,
                classPath);
    }

    /** The same with other bounds on threads. */
    public InferenceConfig withThreads(int forChat, int forEmbedding) {
        return new InferenceConfig(
                llamaLibraries,
                onnxLibraries,
                chat,
                embedding,
                socketDirectory,
                forChat,
                forEmbedding,
                contextTokens,
                sequences,
                queueLength,
                patience,
                loadPatience,
                hangAfter,
                jvmOptions,
                classPath);
    }

    /** The same with other times. */
    public InferenceConfig withTimes(Duration call, Duration load, Duration hang) {
        return new InferenceConfig(
                llamaLibraries,
                onnxLibraries,
                chat,
                embedding,
                socketDirectory,
                chatThreads,
                embeddingThreads,
                contextTokens,
                sequences,
                queueLength,
                call,
                load,
                hang,
                jvmOptions,
                classPath);
    }
}
