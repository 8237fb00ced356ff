package org.cartulary.inference.supervision;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.models.ModelStore;
import org.cartulary.inference.models.StoredModel;
import org.jspecify.annotations.Nullable;

/**
 * How the workers are to run.
 *
 * @param models what serves each role; a role that is absent has no worker
 * @param absences why a role has no model although one was meant to serve, in a sentence that says what to do
 * @param socketDirectory made with mode 0700; where its path is too long for a socket, a private temporary one is used
 * @param jvmOptions for the workers, after the module's own
 */
public record InferenceConfig(
        Libraries libraries,
        Map<ModelCard.Role, StoredModel> models,
        Map<ModelCard.Role, String> absences,
        Path socketDirectory,
        Sizes sizes,
        Times times,
        List<String> jvmOptions) {
    private static final String LLAMA = "llama/v0.5.0-linux-x64";
    private static final String ONNX = "onnx/1.28.0-linux-x64";

    /**
     * Code that the workers run.
     *
     * @param llama directory of llama.cpp's shared libraries
     * @param onnx directory for ONNX Runtime's shared libraries, filled by set-up or at the first start
     * @param classPath in the form of {@code -cp}
     */
    public record Libraries(Path llama, Path onnx, String classPath) {}

    /**
     * How much the workers take on.
     *
     * @param chatThreads threads of the chat worker at most; it takes fewer while other processes compute
     * @param embeddingThreads threads of the embedding worker
     * @param contextTokens longest prompt and answer together; never more than the model was trained for
     * @param sequences answers made at the same time, 1 to 32
     * @param queueLength requests that wait in a worker at most, 1 to 4096
     * @param memoryBytes that a worker may have for itself before it is replaced; 0 for what its model should need
     */
    public record Sizes(
            int chatThreads,
            int embeddingThreads,
            int contextTokens,
            int sequences,
            int queueLength,
            long memoryBytes) {}

    /**
     * How long things may take.
     *
     * @param patience of a call for a worker that is starting
     * @param load of a model
     * @param hang after which a worker that has work and makes no progress is killed
     * @param retry before a worker that could not load is started again, for the first time; then twice as long each
     *     time, up to ten minutes
     */
    public record Times(Duration patience, Duration load, Duration hang, Duration retry) {}

    public InferenceConfig {
        models = Collections.unmodifiableMap(copy(models));
        absences = Map.copyOf(absences);
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
                libraries(cache),
                Map.of(
                        ModelCard.Role.CHAT, store.defaultFor(ModelCard.Role.CHAT),
                        ModelCard.Role.EMBEDDING, store.defaultFor(ModelCard.Role.EMBEDDING)),
                Map.of(),
                socketDirectory,
                new Sizes(cores, cores, 8192, 8, 32, 0),
                new Times(
                        Duration.ofSeconds(60), Duration.ofMinutes(10), Duration.ofMinutes(2), Duration.ofSeconds(30)),
                List.of());
    }

    /**
     * Where the workers' code lies.
     *
     * @param cache the directory that set-up fills; it may still be empty
     */
    public static Libraries libraries(Path cache) {
        return new Libraries(cache.resolve(LLAMA), cache.resolve(ONNX), System.getProperty("java.class.path"));
    }

    /** Threads of the chat worker at most. */
    public int chatThreads() {
        return sizes.chatThreads();
    }

    /** Threads of the embedding worker. */
    public int embeddingThreads() {
        return sizes.embeddingThreads();
    }

    /** Requests that wait in a worker at most. */
    public int queueLength() {
        return sizes.queueLength();
    }

    /** The same with another model for a role, or none. */
    public InferenceConfig with(ModelCard.Role role, @Nullable StoredModel model) {
        Map<ModelCard.Role, StoredModel> others = copy(models);
        if (model == null) {
            others.remove(role);
        } else {
            others.put(role, model);
        }
        return withModels(others);
    }

    /** The same with these models and no others. */
    public InferenceConfig withModels(Map<ModelCard.Role, StoredModel> others) {
        return new InferenceConfig(libraries, others, absences, socketDirectory, sizes, times, jvmOptions);
    }

    /** The same with roles whose model is not there. */
    public InferenceConfig withAbsences(Map<ModelCard.Role, String> others) {
        return new InferenceConfig(libraries, models, others, socketDirectory, sizes, times, jvmOptions);
    }

    /** The same with another chat model, or none. */
    public InferenceConfig withChat(@Nullable StoredModel model) {
        return with(ModelCard.Role.CHAT, model);
    }

    /** The same with another embedding model, or none. */
    public InferenceConfig withEmbedding(@Nullable StoredModel model) {
        return with(ModelCard.Role.EMBEDDING, model);
    }

    /** The same with another window, number of answers at a time, and length of queue. */
    public InferenceConfig withSizes(int contextTokens, int sequences, int queueLength) {
        return with(new Sizes(
                chatThreads(), embeddingThreads(), contextTokens, sequences, queueLength, sizes.memoryBytes()));
    }

    /** The same with other bounds on threads. */
    public InferenceConfig withThreads(int forChat, int forEmbedding) {
        return with(new Sizes(
                forChat, forEmbedding, sizes.contextTokens(), sizes.sequences(), queueLength(), sizes.memoryBytes()));
    }

    /** The same with another limit of a worker's memory, in bytes. */
    public InferenceConfig withMemory(long bytes) {
        return with(new Sizes(
                chatThreads(), embeddingThreads(), sizes.contextTokens(), sizes.sequences(), queueLength(), bytes));
    }

    /** The same with other times. */
    public InferenceConfig withTimes(Times other) {
        return new InferenceConfig(libraries, models, absences, socketDirectory, sizes, other, jvmOptions);
    }

    private InferenceConfig with(Sizes other) {
        return new InferenceConfig(libraries, models, absences, socketDirectory, other, times, jvmOptions);
    }

    private static Map<ModelCard.Role, StoredModel> copy(Map<ModelCard.Role, StoredModel> models) {
        Map<ModelCard.Role, StoredModel> copy = new EnumMap<>(ModelCard.Role.class);
        copy.putAll(models);
        return copy;
    }
}
