package org.cartulary.inference.supervision;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.Generator;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.onnx.OnnxLibraries;
import org.jspecify.annotations.Nullable;

/**
 * The models of the appliance, each in a process of its own. Thread-safe.
 *
 * <p>{@link #start} returns at once; models load in the background, and calls wait for them as long as the
 * configuration says.
 */
public final class InferenceWorkers implements AutoCloseable {
    private final SocketDirectory sockets;
    private final @Nullable WorkerSupervisor chat;
    private final @Nullable WorkerSupervisor embedding;

    private InferenceWorkers(InferenceConfig config) {
        this.sockets = SocketDirectory.open(config.socketDirectory());
        this.embedding = config.embedding() == null
                ? null
                : new WorkerSupervisor(new Launch(config, config.embedding()), sockets);
        this.chat = config.chat() == null ? null : new WorkerSupervisor(new Launch(config, config.chat()), sockets);
    }

    /**
     * Starts a worker for each model of the configuration.
     *
     * @throws InferenceFailed when the directory for their sockets cannot be made
     */
    public static InferenceWorkers start(InferenceConfig config) {
        return new InferenceWorkers(config);
    }

    /**
     * Unpacks the libraries that come inside jars. For set-up: afterwards the cache may be read-only.
     *
     * @param cache as {@link InferenceConfig#libraries} takes it
     * @throws org.cartulary.inference.onnx.OnnxUnavailable when they cannot be written
     */
    public static void unpackLibraries(Path cache) {
        OnnxLibraries.unpack(InferenceConfig.libraries(cache).onnx());
    }

    /** The chat model; its calls fail with {@link InferenceFailed} while its worker is not up. */
    public Generator generator() {
        return new WorkerGenerator(configured(chat, "chat"));
    }

    /** The embedding model; its calls fail with {@link InferenceFailed} while its worker is not up. */
    public Embedder embedder() {
        return new WorkerEmbedder(configured(embedding, "embedding"));
    }

    /**
     * Waits until every worker serves, as long as a model may take to load.
     *
     * @throws InferenceFailed when one cannot, ends again and again, or takes longer; the message says why
     */
    public void awaitReady() {
        Stream.of(embedding, chat).filter(Objects::nonNull).forEach(WorkerSupervisor::awaitReady);
    }

    /** How each worker is doing. */
    public List<WorkerStatus> status() {
        return Stream.of(chat, embedding)
                .filter(Objects::nonNull)
                .map(WorkerSupervisor::status)
                .toList();
    }

    /** Lets running requests end for a few seconds, then ends the workers. */
    @Override
    public void close() {
        List<Thread> closing = Stream.of(chat, embedding)
                .filter(Objects::nonNull)
                .map(supervisor -> Thread.ofPlatform().start(supervisor::close))
                .toList();
        try {
            for (Thread thread : closing) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sockets.close();
    }

    private static WorkerSupervisor configured(@Nullable WorkerSupervisor supervisor, String role) {
        if (supervisor == null) {
            throw new InferenceFailed("No " + role + " model is configured.");
        }
        return supervisor;
    }
}
