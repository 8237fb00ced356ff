package org.cartulary.appliance.models;

import io.micronaut.http.HttpStatus;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.cartulary.appliance.access.Refused;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.inference.models.ModelImporter;
import org.cartulary.inference.models.ModelProfile;
import org.cartulary.inference.models.ModelRegistry;
import org.cartulary.inference.models.Requantizer;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.supervision.InferenceWorkers;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Takes models in from this machine's disk. Thread-safe; one import at a time. */
public final class Importing {
    private static final long REPORT_BYTES = 32L << 20;

    private final ModelRegistry registry;
    private final InferenceWorkers inference;
    private final EvidenceLog evidence;
    private final ModelLog log;
    private final ReentrantLock busy = new ReentrantLock();

    public Importing(ModelRegistry registry, InferenceWorkers inference, Jdbi jdbi, EvidenceLog evidence) {
        this.registry = registry;
        this.inference = inference;
        this.evidence = evidence;
        this.log = new ModelLog(jdbi, evidence);
    }

    /**
     * What is to be imported.
     *
     * @param sha256 of the file that was looked at, or null
     * @param requantize type of a copy to make as well, or null
     * @param untried whether to accept it without loading it once
     */
    public record Wanted(
            Path file,
            ModelImporter.Statement statement,
            @Nullable String sha256,
            @Nullable String requantize,
            boolean untried) {}

    /**
     * What became of it.
     *
     * @param fresh false where the installation had the file already
     * @param copy in another quantisation, where one was wanted
     * @param copyFresh false where the installation had the copy already
     */
    public record Outcome(
            StoredModel model, boolean fresh, @Nullable StoredModel copy, boolean copyFresh) {}

    /** Whether a file is known already. */
    public Optional<StoredModel> known(ModelProfile profile) {
        return registry.find(profile.sha256());
    }

    /** Reads what a file says of itself; see {@link ModelImporter#inspect}. */
    public ModelProfile inspect(Path file, ModelProgress progress) {
        return ModelImporter.inspect(
                file, reporting(progress, "reading", file.toFile().length()));
    }

    /**
     * Imports a file: checks, copies, tries out, records, and only then has it.
     *
     * @throws Refused when another import is under way
     * @throws org.cartulary.inference.models.ModelRefused when it cannot be used; nothing is left of it then
     */
    public Outcome take(Principal by, Wanted wanted, ModelProgress progress) {
        if (!busy.tryLock()) {
            throw new Refused(HttpStatus.CONFLICT, "Another import is under way: try again when it is done.");
        }
        try {
            requireType(wanted.requantize());
            evidence.requireWritable();
            ModelImporter.Imported imported = new ModelImporter(registry)
                    .take(
                            wanted.file(),
                            wanted.statement(),
                            wanted.sha256(),
                            reporting(
                                    progress, "copying", wanted.file().toFile().length()),
                            draft -> accept(by, "model-imported", draft, wanted.untried(), progress));
            String type = wanted.requantize();
            return type == null
                    ? new Outcome(imported.model(), imported.fresh(), null, false)
                    : withCopy(by, imported, type, wanted.untried(), progress);
        } finally {
            busy.unlock();
        }
    }

    private Outcome withCopy(
            Principal by, ModelImporter.Imported imported, String type, boolean untried, ModelProgress progress) {
        Optional<StoredModel> existing = registry.list().stream()
                .filter(model -> Requantizer.isCopy(model, imported.model(), type))
                .findFirst();
        if (existing.isPresent()) {
            return new Outcome(imported.model(), imported.fresh(), existing.get(), false);
        }
        progress.step("making the " + type + " copy", 0, 0);
        StoredModel copy = inference
                .requantizer(registry.ownDirectory())
                .requantize(imported.model(), type, draft -> accept(by, "model-requantized", draft, untried, progress));
        return new Outcome(imported.model(), imported.fresh(), copy, true);
    }

    /** The last word on a model before it is in the store. */
    private void accept(Principal by, String change, StoredModel draft, boolean untried, ModelProgress progress) {
        if (!untried) {
            progress.step("trying it out", 0, 0);
            inference.tryOut(draft);
        }
        log.record(by, change, draft.manifest());
    }

    private static void requireType(@Nullable String type) {
        if (type != null && !Requantizer.types().contains(type)) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "\"" + type + "\" is no type to copy a model to: " + String.join(", ", Requantizer.types())
                            + " are possible.");
        }
    }

    private static LongConsumer reporting(ModelProgress progress, String step, long total) {
        AtomicLong next = new AtomicLong();
        return done -> {
            if (done >= next.get() || done == total) {
                next.set(done + REPORT_BYTES);
                progress.step(step, done, total);
            }
        };
    }
}
