package org.cartulary.appliance.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.cli.Version;
import org.cartulary.appliance.indexing.Indexing;
import org.cartulary.appliance.models.Promotions;
import org.cartulary.appliance.settings.Settings;
import org.cartulary.appliance.wiring.Modules;
import org.cartulary.compliance.evidence.LibraryStatus;
import org.cartulary.compliance.evidence.LogStatus;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.supervision.SwitchStatus;
import org.cartulary.inference.supervision.WorkerState;
import org.cartulary.inference.supervision.WorkerStatus;
import org.cartulary.ingest.parse.ParserStatus;
import org.cartulary.retrieval.answerability.Calibration;
import org.cartulary.retrieval.answerability.Calibrations;
import org.cartulary.retrieval.generation.GenerationRow;
import org.jspecify.annotations.Nullable;

/** How the appliance is doing, in detail, for those with credentials. */
@Controller("/api/status")
@ExecuteOn(TaskExecutors.BLOCKING)
final class StatusController {
    private final Modules modules;
    private final Indexing indexing;
    private final Settings settings;
    private final Clock clock;

    StatusController(Modules modules, Indexing indexing, Settings settings, Clock clock) {
        this.modules = modules;
        this.indexing = indexing;
        this.settings = settings;
        this.clock = clock;
    }

    /** The log, the workers, the parser and the database. */
    @CalledBy(scopes = {Scope.ASK, Scope.ADMINISTER})
    @Get
    Status status() {
        LogStatus log = modules.evidence().status();
        ParserStatus parser = modules.ingest().parserStatus();
        return new Status(
                Version.current(),
                new LogView(
                        modules.evidence().shard().name(),
                        log.size(),
                        log.checkpointTime().equals(Instant.EPOCH)
                                ? null
                                : Duration.between(log.checkpointTime(), clock.instant())
                                        .toSeconds(),
                        log.pending(),
                        modules.evidence().whyNotWritable().orElse(null),
                        modules.evidence().vkey(),
                        LibraryView.of(modules.evidence().library()),
                        WitnessedView.of(WitnessView.of(
                                modules.witnesses().status(),
                                settings.witnesses().warnAfter())),
                        TimestampView.of(modules.timestamps().status())),
                new InferenceView(
                        worker(ModelCard.Role.CHAT), worker(ModelCard.Role.EMBEDDING), worker(ModelCard.Role.RERANK)),
                new ParserView(
                        parser.workers() > 0 ? "ready" : "down",
                        parser.workers(),
                        parser.networkClosed(),
                        parser.isolation()),
                new DatabaseView(
                        modules.database().isUp() ? "ready" : "down",
                        modules.database().embeddedPid()),
                modules.retrieval().generation().name(),
                indexing.underWay().map(BuildingView::of).orElse(null),
                indexing.remarks(),
                answers(),
                calibration());
    }

    private AnswersView answers() {
        if (settings.answerMode() == Settings.AnswerMode.QUOTE) {
            return new AnswersView("quote", null);
        }
        Optional<WorkerStatus> chat = modules.inference().status().stream()
                .filter(worker -> worker.role() == ModelCard.Role.CHAT)
                .findFirst();
        boolean serves =
                chat.filter(worker -> worker.state() == WorkerState.READY).isPresent();
        boolean quotes = chat.map(WorkerStatus::model)
                .filter(model -> !isPromoted(model))
                .isPresent();
        return new AnswersView(
                quotes ? "quote" : "generate", serves ? (quotes ? Promotions.REMEDY : null) : AnswersView.DOWN);
    }

    private boolean isPromoted(ModelCard model) {
        return modules.database().jdbi().inTransaction(handle -> Promotions.isPromoted(handle, model.sha256()));
    }

    private CalibrationView calibration() {
        String embedder = modules.retrieval().generation().recipe().embedderSha256();
        return modules.database()
                .jdbi()
                .inTransaction(handle -> Calibrations.inUse(handle, embedder))
                .map(CalibrationView::of)
                .orElse(CalibrationView.NONE);
    }

    private @Nullable WorkerView worker(ModelCard.Role role) {
        return modules.inference().status().stream()
                .filter(worker -> worker.role() == role)
                .findFirst()
                .map(worker -> WorkerView.of(worker, change(role)))
                .orElse(null);
    }

    private @Nullable ChangeView change(ModelCard.Role role) {
        return modules.inference().switches().stream()
                .filter(change -> change.role() == role)
                .findFirst()
                .map(ChangeView::of)
                .orElse(null);
    }

    @Serdeable
    record Status(
            String version,
            LogView log,
            InferenceView inference,
            ParserView parser,
            DatabaseView database,
            String generation,
            @Nullable BuildingView building,
            List<String> indexRemarks,
            AnswersView answers,
            CalibrationView calibration) {}

    /**
     * How answers are worded.
     *
     * @param mode {@code quote} or {@code generate}
     * @param remark why it is another than the settings want, or why there are no answers now; null where all is as wanted
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record AnswersView(String mode, @Nullable String remark) {
        static final String DOWN =
                "The chat worker does not serve now: questions wait for it, and fail where that takes long."
                        + " What became of it stands under inference.chat; where it does not come back, choose another model with"
                        + " models use, or set cartulary.answer.mode to quote.";
    }

    /**
     * An index that is being built beside the one that is searched, or waits to be switched to. How far it is and why it
     * halts is for administrators, who ask {@code /api/index}: counts of an installation say of documents what not
     * every reader may know.
     */
    @Serdeable
    record BuildingView(String index, String state) {
        static BuildingView of(GenerationRow row) {
            return new BuildingView(row.generation().name(), row.state().word());
        }
    }

    /**
     * From which score on questions are answered, and what that was measured to cost.
     *
     * @param fitsEmbedder false where none counts for the embedder of the index that is searched: then every question is
     *     abstained from, and version and threshold are null
     * @param remark what to do then; else null
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record CalibrationView(
            @Nullable String version,
            @Nullable Double threshold,
            @Nullable Double rightAbstentions,
            @Nullable Double falseAbstentions,
            boolean fitsEmbedder,
            @Nullable String remark) {
        static final CalibrationView NONE = new CalibrationView(
                null,
                null,
                null,
                null,
                false,
                "Every question is abstained from, because no calibration counts for the embedder of the index: make one"
                        + " (calibrate FILE --collection C) and choose it (calibrations use).");

        static CalibrationView of(Calibration counting) {
            Calibration.Consequence cost = counting.atThreshold().orElse(null);
            return new CalibrationView(
                    counting.version(),
                    counting.threshold(),
                    cost == null ? null : cost.rightAbstentions(),
                    cost == null ? null : cost.falseAbstentions(),
                    true,
                    null);
        }
    }

    /** How far the log is witnessed, as {@link WitnessView} says. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record WitnessedView(
            @Nullable Long size,
            @Nullable Long ageSeconds,
            @Nullable String warning) {
        static WitnessedView of(WitnessView whole) {
            return new WitnessedView(whole.size(), whole.ageSeconds(), whole.warning());
        }
    }

    /**
     * The evidence log: its open shard, entries of that which the published checkpoint covers, its age, how far witnesses signed it,
     * and an authority its time.
     *
     * @param stoppedReason why nothing can be recorded, and so nothing is answered, with the remedy; null while all is well
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record LogView(
            String shard,
            long size,
            @Nullable Long checkpointAgeSeconds,
            long pending,
            @Nullable String stoppedReason,
            String vkey,
            LibraryView library,
            WitnessedView witnessed,
            TimestampView timestamped) {}

    /**
     * What stays open by policy while nothing can be recorded and so nothing is answered.
     *
     * @param open whether documents can be searched and opened though the log is stopped
     * @param notes of what was searched and opened so, which are still to be brought into the log
     */
    @Serdeable
    record LibraryView(boolean allowed, boolean open, int notes, long freeBytes) {
        static LibraryView of(LibraryStatus status) {
            return new LibraryView(status.allowed(), status.open(), status.notes(), status.freeBytes());
        }
    }

    /** The worker processes by role; null where a role has none. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record InferenceView(
            @Nullable WorkerView chat,
            @Nullable WorkerView embedding,
            @Nullable WorkerView rerank) {}

    /** A worker process. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record WorkerView(
            String state,
            long pid,
            int restarts,
            @Nullable String lastFailure,
            @Nullable String model,
            @Nullable String sha256,
            @Nullable ChangeView change,
            @Nullable String kernel,
            int active,
            int waiting,
            double prefillTokensPerSecond,
            double decodeTokensPerSecond,
            long loadMillis) {
        static WorkerView of(WorkerStatus worker, @Nullable ChangeView change) {
            return new WorkerView(
                    worker.state().name().toLowerCase(Locale.ROOT),
                    worker.pid(),
                    worker.restarts(),
                    worker.lastFailure(),
                    worker.model() == null ? null : worker.model().name(),
                    worker.model() == null ? null : worker.model().sha256(),
                    change,
                    worker.model() == null ? null : worker.model().kernel(),
                    worker.active(),
                    worker.waiting(),
                    worker.prefillTokensPerSecond(),
                    worker.decodeTokensPerSecond(),
                    worker.loadMillis());
        }
    }

    /** Another model that is about to serve ({@code loading}), or does while the one before finishes ({@code draining}). */
    @Serdeable
    record ChangeView(String model, String sha256, String phase) {
        static ChangeView of(SwitchStatus change) {
            return new ChangeView(
                    change.name(), change.sha256(), change.phase().name().toLowerCase(Locale.ROOT));
        }
    }

    @Serdeable
    record ParserView(String state, int workers, boolean networkClosed, String isolation) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record DatabaseView(String state, @Nullable Long embeddedPid) {}
}
