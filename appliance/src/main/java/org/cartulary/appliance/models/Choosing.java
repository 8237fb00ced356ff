package org.cartulary.appliance.models;

import io.micronaut.http.HttpStatus;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.cartulary.appliance.access.Refused;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.models.ModelRefused;
import org.cartulary.inference.models.ModelRegistry;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.supervision.InferenceWorkers;
import org.cartulary.inference.supervision.WorkerState;
import org.cartulary.retrieval.building.IndexBuilder;
import org.cartulary.retrieval.building.IndexStatus;
import org.cartulary.retrieval.generation.GenerationRow;
import org.cartulary.retrieval.generation.GenerationState;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Which models serve, which are sound, and which may go. Thread-safe. */
public final class Choosing {
    private final ModelRegistry registry;
    private final InferenceWorkers inference;
    private final EvidenceLog evidence;
    private final IndexBuilder indexes;
    private final ModelLog log;

    public Choosing(
            ModelRegistry registry, InferenceWorkers inference, Jdbi jdbi, EvidenceLog evidence, IndexBuilder indexes) {
        this.registry = registry;
        this.inference = inference;
        this.evidence = evidence;
        this.indexes = indexes;
        this.log = new ModelLog(jdbi, evidence);
    }

    /**
     * A model, and whether its files are what its manifest says.
     *
     * @param problem what is wrong, or null where nothing is
     */
    public record Verdict(StoredModel model, @Nullable String problem) {}

    /** What serves now, by hash. */
    public List<String> serving() {
        return inference.status().stream()
                .filter(worker -> worker.state() != WorkerState.UNUSABLE)
                .map(worker -> worker.model())
                .filter(Objects::nonNull)
                .map(ModelCard::sha256)
                .toList();
    }

    /**
     * Puts a model in its role's place, now and after every restart.
     *
     * @param nameOrHash as {@link ModelRegistry#require} takes it
     * @param role that is expected of it, or null
     * @param restart whether the old model ends before the new one loads
     * @throws org.cartulary.inference.supervision.SwitchRefused when the old one goes on serving instead
     */
    public Chosen use(Principal by, String nameOrHash, ModelCard.@Nullable Role role, boolean restart) {
        StoredModel model = registry.require(nameOrHash);
        requireRole(model, role);
        if (serving().contains(model.manifest().sha256()) && isChoice(model)) {
            return new Chosen(model, false);
        }
        if (model.role() == ModelCard.Role.EMBEDDING) {
            throw otherEmbedder(model);
        }
        evidence.requireWritable();
        inference.use(model, restart, () -> {
            log.record(by, "model-chosen", model.manifest());
            registry.choose(model);
        });
        return new Chosen(model, true);
    }

    /**
     * What serves its role from now on.
     *
     * @param changed false where it served already
     */
    public record Chosen(StoredModel model, boolean changed) {}

    /**
     * Lets searches go without a reranker from now on.
     *
     * @return the name of the one that served; empty where none did
     * @throws org.cartulary.inference.supervision.SwitchRefused when a change of the reranker is under way
     */
    public Optional<String> withdrawReranker(Principal by) {
        Optional<String> chosen = registry.choice(ModelCard.Role.RERANK);
        chosen.ifPresent(name -> {
            evidence.requireWritable();
            inference.withdrawReranker(() -> {
                log.recordWithdrawal(by, name, ModelCard.Role.RERANK);
                registry.unchoose(ModelCard.Role.RERANK);
            });
        });
        return chosen;
    }

    /** Reads every model, or the one that is named, and compares hashes. */
    public List<Verdict> verify(@Nullable String nameOrHash, ModelProgress progress) {
        List<StoredModel> models = nameOrHash == null ? registry.list() : List.of(registry.require(nameOrHash));
        return models.stream()
                .map(model -> {
                    progress.step("reading " + model.manifest().name(), 0, 0);
                    return verdict(model);
                })
                .toList();
    }

    /** Deletes an imported model that nothing uses. */
    public StoredModel remove(Principal by, String nameOrHash) {
        StoredModel model = registry.require(nameOrHash);
        registry.requireRemovable(model);
        if (serving().contains(model.manifest().sha256())) {
            throw new ModelRefused(model.manifest().name() + " is in use: choose another first with models use.");
        }
        requireNoIndex(model);
        log.record(by, "model-removed", model.manifest());
        registry.remove(model);
        return model;
    }

    private void requireNoIndex(StoredModel model) {
        indexes.rows().list().stream()
                .map(IndexStatus::row)
                .filter(row -> row.state() != GenerationState.DROPPED)
                .map(GenerationRow::generation)
                .filter(index ->
                        index.recipe().embedderSha256().equals(model.manifest().sha256()))
                .findFirst()
                .ifPresent(index -> {
                    throw new ModelRefused(model.manifest().name() + " made the vectors of the index " + index.name()
                            + ": drop that first with index drop.");
                });
    }

    private boolean isChoice(StoredModel model) {
        try {
            return registry.serving(model.role())
                    .manifest()
                    .sha256()
                    .equals(model.manifest().sha256());
        } catch (ModelRefused gone) {
            return false;
        }
    }

    private static Verdict verdict(StoredModel model) {
        try {
            model.requireIntact();
            return new Verdict(model, null);
        } catch (ModelRefused e) {
            return new Verdict(model, e.getMessage());
        }
    }

    private static void requireRole(StoredModel model, ModelCard.@Nullable Role role) {
        if (role != null && role != model.role()) {
            throw new Refused(
                    HttpStatus.CONFLICT,
                    model.manifest().name() + " is a model for " + word(model.role()) + ", not for " + word(role)
                            + ": remove it and import it again with --role " + word(role) + ".");
        }
    }

    private static Refused otherEmbedder(StoredModel model) {
        return new Refused(
                HttpStatus.CONFLICT,
                "The index holds vectors of the embedder that serves now, and "
                        + model.manifest().name()
                        + " makes others that cannot be compared with them. Build an index for it first (deploy/cartulary"
                        + " index build --embedder "
                        + model.manifest().sha256().substring(0, 8)
                        + "), then switch to that; nothing was changed.");
    }

    private static String word(ModelCard.Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
