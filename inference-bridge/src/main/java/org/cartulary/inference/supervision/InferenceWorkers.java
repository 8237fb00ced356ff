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
import org.cartulary.inference.models.Requantizer;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.onnx.OnnxLibraries;
import org.cartulary.inference.process.FreeMemory;

/**
 * The models of the appliance, each in a process of its own. Thread-safe.
 *
 * <p>{@link #start} returns at once; models load in the background, and calls wait for them as long as the
 * configuration says.
 */
public final class InferenceWorkers implements AutoCloseable {
    private final InferenceConfig config;
    private final WorkerPool workers;
    private final Map<ModelCard.Role, ModelSlot> slots = new EnumMap<>(ModelCard.Role.class);

    private InferenceWorkers(InferenceConfig config) {
        this.config = config;
        this.workers = new WorkerPool(SocketDirectory.open(config.socketDirectory()));
        for (ModelCard.Role role : ModelCard.Role.values()) {
            StoredModel model = config.models().get(role);
            slots.put(
                    role,
                    new ModelSlot(
                            role,
                            model == null ? null : workers.start(new Launch(config, model)),
                            config.absences().get(role),
                            config.times().patience()));
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
     * The reranker, or empty where none is meant to serve: search goes without then. Its calls fail with
     * {@link InferenceFailed} while its worker is not up, or where its model is missing.
     */
    public Optional<Reranker> reranker() {
        ModelSlot slot = slot(ModelCard.Role.RERANK);
        return slot.configured() ? Optional.of(new WorkerReranker(slot)) : Optional.empty();
    }

    /**
     * Waits until every worker serves, as long as a model may take to load.
     *
     * @throws InferenceFailed when one cannot, ends again and again, or takes longer; the message says why
     */
    public void awaitReady() {
        for (ModelSlot slot : slots.values()) {
            slot.absence().ifPresent(reason -> {
                throw new InferenceFailed(reason);
            });
            slot.current().ifPresent(WorkerSupervisor::awaitReady);
        }
    }

    /**
     * Loads a model in a process of its own and lets it do a little; what serves is not touched.
     *
     * @throws org.cartulary.inference.models.ModelRefused when it does not load, crashes or does nothing, or there is no
     *     memory for it
     */
    public void tryOut(StoredModel model) {
        new TrialLoad(workers, config, model).run();
    }

    /**
     * Puts a model in its role's place. It loads beside what serves now, takes over new requests when it is ready, and what
     * served before finishes what it has begun. Returns when the new one serves.
     *
     * @param restart whether the old one is to end before the new one loads, for want of memory; requests wait meanwhile
     * @param taking runs when the new model is ready, before requests go to it; if it throws, the old one stays
     * @throws SwitchRefused when there is not memory for both, another change is under way, or the new one cannot serve;
     *     the old one serves then
     */
    public void use(StoredModel model, boolean restart, Runnable taking) {
        ModelSwitch change = new ModelSwitch(workers, slot(model.role()), new Launch(config, model));
        if (restart) {
            change.inItsStead(taking);
        } else {
            change.beside(taking);
        }
    }

    /**
     * Leaves the reranker's role empty; searches go without it from then on, and what it has begun, it finishes.
     *
     * @param leaving runs before requests stop going to it; if it throws, it stays
     * @throws SwitchRefused when a change of the reranker is under way
     */
    public void withdrawReranker(Runnable leaving) {
        new ModelWithdrawal(workers, slot(ModelCard.Role.RERANK)).run(leaving);
    }

    /**
     * The embedding model that serves everybody now, to keep to it.
     *
     * @throws InferenceFailed when there is none
     */
    public PinnedEmbedder pinnedEmbedder() {
        ModelSlot slot = configured(ModelCard.Role.EMBEDDING);
        WorkerSupervisor now = slot.current()
                .orElseThrow(() -> new InferenceFailed(slot.absence().orElse("No embedding model serves.")));
        return pinned(now);
    }

    /**
     * Starts another embedding model beside the one that serves everybody; returns when it embeds.
     *
     * @throws SwitchRefused when there is not memory for both, or it cannot serve
     * @throws org.cartulary.inference.models.ModelRefused when its header cannot be read
     */
    public PinnedEmbedder startEmbedder(StoredModel model) {
        Launch launch = new Launch(config, model);
        long needed = MemoryNeed.of(model, config.sizes());
        long free = FreeMemory.bytes();
        if (needed > free) {
            throw new SwitchRefused(model.manifest().name() + " needs about " + needed / 1_000_000
                    + " MB of memory, but " + free / 1_000_000 + " MB are free beside what serves now: free memory.");
        }
        WorkerSupervisor worker = workers.start(launch);
        try {
            worker.awaitReady(1);
            return pinned(worker);
        } catch (InferenceFailed e) {
            String reason = worker.failure().orElse(String.valueOf(e.getMessage()));
            workers.end(worker);
            throw new SwitchRefused(model.manifest().name() + " cannot serve: " + reason, e);
        }
    }

    /** Lets everybody's calls go to an embedding model from now on. The one before goes on for those who keep to it. */
    public void serve(PinnedEmbedder next) {
        Optional<WorkerSupervisor> _ = slot(ModelCard.Role.EMBEDDING).turnTo(next.worker());
    }

    private PinnedEmbedder pinned(WorkerSupervisor worker) {
        return new PinnedEmbedder(
                workers, slot(ModelCard.Role.EMBEDDING), worker, config.times().patience());
    }

    /** What makes copies of models in another quantisation, by these workers' libraries. */
    public Requantizer requantizer(Path store) {
        return new Requantizer(
                store, config.libraries().llama(), config.libraries().classPath());
    }

    /** Changes of models that are under way. */
    public List<SwitchStatus> switches() {
        return slots.values().stream().flatMap(slot -> slot.underWay().stream()).toList();
    }

    /** How each role that has a model is doing. */
    public List<WorkerStatus> status() {
        return slots.values().stream().flatMap(slot -> slot.status().stream()).toList();
    }

    /** Lets running requests end for a few seconds, then ends the workers. */
    @Override
    public void close() {
        workers.closeAll();
    }

    private ModelSlot slot(ModelCard.Role role) {
        return Objects.requireNonNull(slots.get(role), "every role has a slot");
    }

    private ModelSlot configured(ModelCard.Role role) {
        ModelSlot slot = slot(role);
        if (!slot.configured()) {
            throw new InferenceFailed("No " + Launch.name(role) + " model is configured.");
        }
        return slot;
    }
}
