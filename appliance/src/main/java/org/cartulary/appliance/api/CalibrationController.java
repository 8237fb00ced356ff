package org.cartulary.appliance.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.asking.Calibrating;
import org.cartulary.appliance.indexing.Indexing;
import org.cartulary.appliance.models.ModelProgress;
import org.cartulary.appliance.wiring.Modules;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.purpose.Stated;
import org.cartulary.retrieval.Retrieval;
import org.cartulary.retrieval.answerability.Calibration;
import org.cartulary.retrieval.answerability.Calibrations;
import org.cartulary.retrieval.answerability.Trials;
import org.cartulary.retrieval.catalog.Collection;
import org.cartulary.retrieval.generation.GenerationState;
import org.jspecify.annotations.Nullable;

/** From which score on documents are held to carry an answer, and what that was measured to cost. */
@Controller("/api/calibrations")
@ExecuteOn(TaskExecutors.BLOCKING)
final class CalibrationController {
    private final Calibrating calibrating;
    private final Calibrations calibrations;
    private final PolicyChanges policy;
    private final Retrieval retrieval;
    private final Indexing indexing;
    private final Reading reading;
    private final ProgressStreams streams;

    CalibrationController(
            Calibrating calibrating,
            Calibrations calibrations,
            PolicyChanges policy,
            Modules modules,
            Indexing indexing,
            Reading reading,
            ProgressStreams streams) {
        this.calibrating = calibrating;
        this.calibrations = calibrations;
        this.policy = policy;
        this.retrieval = modules.retrieval();
        this.indexing = indexing;
        this.reading = reading;
        this.streams = streams;
    }

    /** All that are stored, the delivered one first. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Get
    CalibrationList list() {
        return policy.read(handle -> {
            Optional<Calibration> counting = Calibrations.inUse(handle, embedder());
            return new CalibrationList(Calibrations.list(handle).stream()
                    .map(one -> view(one, counting))
                    .toList());
        });
    }

    /** One of them, by its version; {@code counting} for the one that counts. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Get("/{version}")
    CalibrationView show(String version) {
        return policy.read(handle -> {
            Optional<Calibration> counting = Calibrations.inUse(handle, embedder());
            Calibration found = version.equals("counting")
                    ? counting.orElseThrow(CalibrationController::noneCounts)
                    : Calibrations.find(handle, version).orElseThrow(() -> unknown(version));
            return view(found, counting);
        });
    }

    /**
     * Fits another on the house's own questions: the documents that hold the answers, and their paraphrases, are passed over
     * once for each question. It counts only when it is chosen. The caller must be able to read the collection, and states
     * why where it wants to know.
     */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Post(produces = {MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
    @ApiResponse(
            responseCode = "200",
            description = "The calibration with its consequences, or the events that lead to it.",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = FittedView.class)),
                @Content(mediaType = MediaType.TEXT_EVENT_STREAM, schema = @Schema(implementation = String.class))
            })
    HttpResponse<?> fit(@Body CalibrationQuestions wanted, HttpRequest<?> request, Authentication caller) {
        Principal by = Caller.of(caller).principal();
        Stated stated = StatedPurpose.of(request, wanted.purpose(), wanted.reference());
        Collection collection = reading.forQuestion(wanted.collection(), by, stated);
        Calibrating.Wanted all = new Calibrating.Wanted(
                collection,
                stated,
                known(wanted.questions()),
                wanted.description() == null ? collection.name() : wanted.description(),
                wanted.index());
        return request.accept().contains(MediaType.TEXT_EVENT_STREAM_TYPE)
                ? HttpResponse.ok(streams.of(progress -> fit(by, all, progress)))
                        .contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
                : HttpResponse.ok(fit(by, all, (step, done, total) -> {}));
    }

    /**
     * Lets one count, from a threshold on, for every question from now on that is searched with the embedder that it was
     * fitted with.
     */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Put("/counting")
    HttpResponse<?> use(@Body CalibrationChoice wanted, Authentication caller) {
        Double threshold = wanted.threshold();
        if (threshold != null && !(threshold >= 0 && threshold <= 1)) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST, "A threshold lies between 0 and 1, but this one is " + threshold + ".");
        }
        return policy.make(caller, (handle, by) -> {
            Calibration found =
                    Calibrations.find(handle, wanted.version()).orElseThrow(() -> unknown(wanted.version()));
            requireAnIndexOf(found.origin().embedderSha256());
            return calibrations.use(handle, by, threshold == null ? found : found.at(threshold));
        });
    }

    private static List<Calibrating.Known> known(List<@Nullable CalibrationQuestion> questions) {
        List<Calibrating.Known> known = new ArrayList<>();
        for (CalibrationQuestion question : questions) {
            int number = known.size() + 1;
            if (question == null || question.question() == null) {
                throw new Refused(
                        HttpStatus.UNPROCESSABLE_ENTITY,
                        "Question " + number + " is missing: each has the fields question and documents.");
            }
            List<@Nullable String> documents = question.documents() == null ? List.of() : question.documents();
            if (documents.stream().anyMatch(path -> path == null || path.isBlank())) {
                throw new Refused(
                        HttpStatus.UNPROCESSABLE_ENTITY,
                        "Question " + number + " names a document without a path: give its path, or leave it out.");
            }
            known.add(new Calibrating.Known(
                    question.question(),
                    documents.stream().filter(Objects::nonNull).toList()));
        }
        return known;
    }

    private FittedView fit(Principal by, Calibrating.Wanted wanted, ModelProgress progress) {
        try {
            Calibrating.Fitted fitted = calibrating.fit(
                    by, wanted, (done, of) -> progress.step("asked " + done + " of " + of + " questions", 0, 0));
            return policy.read(handle ->
                    FittedView.of(view(fitted.calibration(), Calibrations.inUse(handle, embedder())), fitted.tried()));
        } catch (IllegalArgumentException e) {
            throw new Refused(HttpStatus.UNPROCESSABLE_ENTITY, String.valueOf(e.getMessage()));
        } catch (Calibrating.UnderWay e) {
            throw new Refused(HttpStatus.CONFLICT, String.valueOf(e.getMessage()));
        }
    }

    /** Of the index that is searched. */
    private String embedder() {
        return retrieval.generation().recipe().embedderSha256();
    }

    /** One that no index could ever be searched with would seem chosen, and never count. */
    private void requireAnIndexOf(String embedder) {
        boolean has = indexing.list().stream()
                .filter(index -> index.row().state() != GenerationState.DROPPED)
                .anyMatch(index ->
                        index.row().generation().recipe().embedderSha256().equals(embedder));
        if (!has) {
            throw new Refused(
                    HttpStatus.CONFLICT,
                    "It was fitted with the embedder " + embedder
                            + ", which no index here is made with: fit another (calibrate).");
        }
    }

    private CalibrationView view(Calibration calibration, Optional<Calibration> counting) {
        return CalibrationView.of(calibration, counting, embedder());
    }

    private static Refused noneCounts() {
        return new Refused(
                HttpStatus.NOT_FOUND,
                "No calibration counts for the embedder of the index, so that every question is abstained from: fit one"
                        + " (calibrate) and choose it (calibrations use).");
    }

    private static Refused unknown(String version) {
        return Refused.notFound("The calibration \"" + version + "\"");
    }

    /** All that are stored. */
    @Serdeable
    record CalibrationList(List<CalibrationView> calibrations) {}

    /**
     * A calibration.
     *
     * @param counts whether it is the one that counts
     * @param fitsEmbedder whether it was fitted with the embedder of the index that is searched; else it counts, where it is
     *     chosen, as soon as an index of its embedder is switched to
     * @param threshold the one that counts where it counts, else the one that was proposed with it
     */
    @Serdeable
    record CalibrationView(
            String version,
            boolean counts,
            boolean fitsEmbedder,
            double threshold,
            double constant,
            Map<String, Double> weights,
            String description,
            String questionsSha256,
            String embedderSha256,
            int answerable,
            int unanswerable,
            String madeOn,
            List<ConsequenceView> consequences) {
        static CalibrationView of(Calibration calibration, Optional<Calibration> counting, String embedder) {
            Optional<Calibration> itself = counting.filter(one -> one.version().equals(calibration.version()));
            Calibration.Origin origin = calibration.origin();
            return new CalibrationView(
                    calibration.version(),
                    itself.isPresent(),
                    calibration.origin().embedderSha256().equals(embedder),
                    itself.orElse(calibration).threshold(),
                    calibration.constant(),
                    calibration.weightsByWord(),
                    origin.description(),
                    origin.questionsSha256(),
                    origin.embedderSha256(),
                    origin.answerable(),
                    origin.unanswerable(),
                    origin.madeOn(),
                    calibration.consequences().stream()
                            .map(one -> new ConsequenceView(
                                    one.threshold(), one.rightAbstentions(), one.falseAbstentions()))
                            .toList());
        }
    }

    /** Shares of unanswerable and of answerable questions on which a threshold abstains, measured on questions not fitted on. */
    @Serdeable
    record ConsequenceView(double threshold, double rightAbstentions, double falseAbstentions) {}

    /**
     * A calibration that was just fitted.
     *
     * @param removed for each question with documents, by its number from 1, how many documents were passed over for it:
     *     they, and whatever says nearly the same in some passage
     * @param leftOut numbers of the questions that were not asked without their documents: nothing was left to find, or more
     *     would have had to be passed over than a search can
     */
    @Serdeable
    record FittedView(CalibrationView calibration, Map<String, Integer> removed, List<String> leftOut) {
        static FittedView of(CalibrationView calibration, Trials.Tried tried) {
            return new FittedView(calibration, tried.removed(), tried.leftOut());
        }
    }

    /**
     * Questions of the house about one collection.
     *
     * @param description at most 200 characters; the name of the collection where absent
     * @param questions at most 2,000
     * @param index that is asked, so that one can be chosen before it is switched to; the one that is searched where absent
     * @param purpose why, where the collection wants to know
     * @param reference the case or the patient, where the collection wants to know
     */
    @Serdeable
    record CalibrationQuestions(
            String collection,
            @Nullable String description,
            List<@Nullable CalibrationQuestion> questions,
            @Nullable String index,
            @Nullable String purpose,
            @Nullable String reference) {}

    /** A question, and the paths of the documents that hold its answer, at most 100; none where none does. */
    @Serdeable
    record CalibrationQuestion(
            @Nullable String question, @Nullable List<@Nullable String> documents) {}

    /** Which one is to count; from its proposed threshold on where none is given. */
    @Serdeable
    record CalibrationChoice(String version, @Nullable Double threshold) {}
}
