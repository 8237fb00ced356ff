package org.cartulary.appliance.indexing;

import io.micronaut.http.HttpStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.asking.Rights;
import org.cartulary.appliance.models.ModelProgress;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.models.ModelRegistry;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.supervision.InferenceWorkers;
import org.cartulary.retrieval.answerability.Calibration;
import org.cartulary.retrieval.building.IndexBuilder;
import org.cartulary.retrieval.building.IndexStatus;
import org.cartulary.retrieval.catalog.Collection;
import org.cartulary.retrieval.evaluation.ComparisonReport;
import org.cartulary.retrieval.evaluation.IndexComparison;
import org.cartulary.retrieval.generation.GenerationRow;
import org.cartulary.retrieval.generation.GenerationState;
import org.cartulary.retrieval.index.IndexRefused;
import org.cartulary.retrieval.scope.SearchScope;
import org.jspecify.annotations.Nullable;

/** Index generations by the names that people use for models and collections. Thread-safe. */
public final class Indexing {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final IndexBuilder builder;
    private final IndexComparison comparison;
    private final ModelRegistry models;
    private final InferenceWorkers inference;
    private final Rights rights;
    private final EvidenceLog evidence;
    private final Function<String, Optional<Calibration>> calibration;

    /** @param calibration gives the one that counts for an embedder, by its hash */
    public Indexing(
            IndexBuilder builder,
            IndexComparison comparison,
            ModelRegistry models,
            InferenceWorkers inference,
            Rights rights,
            EvidenceLog evidence,
            Function<String, Optional<Calibration>> calibration) {
        this.builder = builder;
        this.comparison = comparison;
        this.models = models;
        this.inference = inference;
        this.rights = rights;
        this.evidence = evidence;
        this.calibration = calibration;
    }

    /** All that there ever were, the first one first. */
    public List<IndexStatus> list() {
        return builder.rows().list();
    }

    /** The one that is being made, or waits to be switched to. */
    public Optional<GenerationRow> underWay() {
        return builder.rows().candidate();
    }

    /** The name of an embedder, as far as it is still in the store. */
    public Optional<String> embedder(IndexStatus index) {
        return models.find(index.row().generation().recipe().embedderSha256())
                .map(model -> model.manifest().name());
    }

    /** Why a new index would be better than the one that is searched; sentences for people. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>(builder.differences().ofVersions());
        inference.status().stream()
                .filter(worker -> worker.role() == ModelCard.Role.EMBEDDING)
                .flatMap(worker -> Optional.ofNullable(worker.model()).stream())
                .flatMap(model -> builder.differences().ofKernel(model.kernel()).stream())
                .forEach(remarks::add);
        return remarks;
    }

    /**
     * Begins an index beside the one that is searched.
     *
     * @param embedder name or first digits of the hash of its embedder; null for the one that serves
     * @throws IndexRefused as {@link IndexBuilder#build}
     */
    public IndexStatus build(Principal by, @Nullable String embedder) {
        evidence.requireWritable();
        return builder.build(by, embedder == null ? null : embedderSha256(embedder));
    }

    private String embedderSha256(String nameOrHash) {
        StoredModel model = models.require(nameOrHash);
        if (model.role() != ModelCard.Role.EMBEDDING) {
            throw new Refused(
                    HttpStatus.CONFLICT,
                    model.manifest().name() + " is no embedder: models list says what each is for.");
        }
        return model.manifest().sha256();
    }

    /**
     * Waits until what is being made is built.
     *
     * @throws IndexRefused when it halts, or was cancelled meanwhile
     */
    public IndexStatus awaitBuilt(ModelProgress progress) {
        try {
            while (true) {
                IndexStatus now = builder.await(LOOK_AGAIN)
                        .orElseThrow(() -> new IndexRefused("The index was cancelled, or is switched to already."));
                if (now.row().state() == GenerationState.BUILT) {
                    return now;
                }
                String failure = now.row().failure();
                if (failure != null) {
                    throw new IndexRefused("The index halts, and is tried again until it is cancelled: " + failure);
                }
                progress.step("building: " + tenths(now.counts()) + " of the passages have their vectors", 0, 0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IndexRefused("The wait was interrupted; the index goes on being built.", e);
        }
    }

    private static String tenths(IndexStatus.Counts counts) {
        long all = Math.max(1, counts.passages());
        return counts.embedded() * 10 / all * 10 + "%";
    }

    /**
     * Lets searches go to another index; see {@link IndexBuilder#switchTo}.
     *
     * @param uncalibrated whether also where no calibration counts for its embedder, so that every question will be
     *     abstained from until one does
     */
    public IndexStatus switchTo(Principal by, String name, boolean uncalibrated) {
        evidence.requireWritable();
        if (!uncalibrated) {
            requireCalibrated(name);
        }
        return builder.switchTo(by, name);
    }

    private void requireCalibrated(String name) {
        list().stream()
                .filter(index -> index.row().generation().name().equals(name))
                .filter(index -> index.row().state() != GenerationState.ACTIVE)
                .map(index -> index.row().generation().recipe().embedderSha256())
                .filter(embedder -> calibration.apply(embedder).isEmpty())
                .findFirst()
                .ifPresent(embedder -> {
                    throw new IndexRefused("No calibration counts for the embedder of " + name
                            + ", so that after the switch every question would be abstained from: make one first"
                            + " (calibrate FILE --collection C --index " + name + ") and choose it (calibrations use),"
                            + " or switch all the same (index switch " + name + " --uncalibrated).");
                });
    }

    /** Gives up what is being made. */
    public IndexStatus cancel(Principal by) {
        evidence.requireWritable();
        return builder.cancel(by);
    }

    /** Frees the room of an index of before. */
    public IndexStatus drop(Principal by, String name) {
        evidence.requireWritable();
        return builder.drop(by, name);
    }

    /**
     * A comparison.
     *
     * @param first the one that is searched where it is null
     * @param second the one that is built where it is null
     * @param queries lines of a {@code queries.jsonl}
     * @param qrels lines of a {@code qrels.tsv} whose documents are paths of the collection
     */
    public record Comparing(
            Collection collection,
            @Nullable String first,
            @Nullable String second,
            String queries,
            String qrels) {}

    /** Measures two indexes on the operator's questions, among the documents that whoever asks may read. */
    public ComparisonReport compare(Principal by, Comparing wanted) {
        ReadFilter readable = rights.of(by).narrowedTo(wanted.collection().id());
        String first = wanted.first() == null ? named(GenerationState.ACTIVE) : wanted.first();
        String second = wanted.second() == null ? named(GenerationState.BUILT) : wanted.second();
        try {
            return comparison.compare(new IndexComparison.Wanted(
                    first, second, wanted.queries(), wanted.qrels(), SearchScope.inForce(readable, rights.today())));
        } catch (IllegalArgumentException e) {
            throw new Refused(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private String named(GenerationState state) {
        return list().stream()
                .filter(index -> index.row().state() == state)
                .map(index -> index.row().generation().name())
                .findFirst()
                .orElseThrow(() -> new IndexRefused(
                        "No index is " + state.word() + ": name both (index list), or build one first."));
    }
}
