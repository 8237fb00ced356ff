package org.cartulary.inference.supervision;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.Generator;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.Reranker;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.onnx.OnnxLibraries;

/**
 * The models of the appliance, each in a process of its own. Thread-safe.
 *
 * <p>{@link #start} returns at once; models load in the background, and calls wait for them as long as the
 * configuration says.
 */
public final class InferenceWorkers implements AutoCloseable {
    private final SocketDirectory sockets;
    private final Map<ModelCard.Role, ModelSlot> slots = new EnumMap<>(ModelCard.Role.class);

    private InferenceWorkers(InferenceConfig config) {
        this.sockets = SocketDirectory.open(config.socketDirectory());
        for (ModelCard.Role role : ModelCard.Role.values()) {
            StoredModel model = config.models().get(role);
            slots.put(
                    role,
                    new ModelSlot(
                            role, model == null ? null : new WorkerSupervisor(new Launch(config, model), sockets)));
        }
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

    /**
     * The chat model; its calls fail with {@link InferenceFailed} while its worker is not up.
     *
     * @throws InferenceFailed when none is configured
     */
    public Generator generator() {
        return new WorkerGenerator(configured(ModelCard.Role.CHAT));
    }

    /**
     * The embedding model; its calls fail with {@link InferenceFailed} while its worker is not up.
     *
     * @throws InferenceFailed when none is configured
     */
    public Embedder embedder() {
        return new WorkerEmbedder(configured(ModelCard.Role.EMBEDDING));
    }

    /**
     * The reranker, or empty where none is configured: search goes without then. Its calls fail with
     * {@link InferenceFailed} while its worker is not up.
     */
    public Optional<Reranker> reranker() {
        ModelSlot slot = slot(ModelCard.Role.RERANK);
        return slot.current().map(_ -> new WorkerReranker(slot));
    }

    /**
     * Waits until every worker serves, as long as a model may take to load.
     *
     * @throws InferenceFailed when one cannot, ends again and again, or takes longer; the message says why
     */
    public void awaitReady() {
        supervisors().forEach(WorkerSupervisor::awaitReady);
    }

    /** How each worker is doing. */
    public List<WorkerStatus> status() {
        return supervisors().stream().map(WorkerSupervisor::status).toList();
    }

    /** Lets running requests end for a few seconds, then ends the workers. */
    @Override
    public void close() {
        List<Thread> closing = supervisors().stream()
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

    private List<WorkerSupervisor> supervisors() {
        return slots.values().stream().flatMap(slot -> slot.current().stream()).toList();
    }

    private ModelSlot slot(ModelCard.Role role) {
        return Objects.requireNonNull(slots.get(role), "every role has a slot");
    }

    private ModelSlot configured(ModelCard.Role role) {
        ModelSlot slot = slot(role);
        if (slot.current().isEmpty()) {
            throw new InferenceFailed("No " + Launch.name(role) + " model is configured.");
        }
        return slot;
    }
}
