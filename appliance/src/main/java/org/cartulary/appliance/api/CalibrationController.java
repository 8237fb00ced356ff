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
import java.util.List;
import java.util.Map;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.asking.Calibrating;
import org.cartulary.appliance.models.ModelProgress;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Role;
import org.cartulary.retrieval.answerability.Calibration;
import org.cartulary.retrieval.answerability.Calibrations;
import org.cartulary.retrieval.catalog.Collection;
import org.jspecify.annotations.Nullable;

/** From which score on documents are held to carry an answer, and what that was measured to cost. */
@Controller("/api/calibrations")
@ExecuteOn(TaskExecutors.BLOCKING)
final class CalibrationController {
    private final Calibrating calibrating;
    private final Calibrations calibrations;
    private final PolicyChanges policy;
    private final Reading reading;
    private final ProgressStreams streams;

    CalibrationController(
            Calibrating calibrating,
            Calibrations calibrations,
            PolicyChanges policy,
            Reading reading,
            ProgressStreams streams) {
        this.calibrating = calibrating;
        this.calibrations = calibrations;
        this.policy = policy;
        this.reading = reading;
        this.streams = streams;
    }

    /** All that are stored, the delivered one first. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Get
    CalibrationList list() {
        return policy.read(handle -> {
            Calibration counting = Calibrations.inUse(handle);
            return new CalibrationList(Calibrations.list(handle).stream()
                    .map(one -> CalibrationView.of(one, counting))
                    .toList());
        });
    }

    /** One of them, by its version; {@code counting} for the one that counts. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Get("/{version}")
    CalibrationView show(String version) {
        return policy.read(handle -> {
            Calibration counting = Calibrations.inUse(handle);
            Calibration found = version.equals("counting")
                    ? counting
                    : Calibrations.find(handle, version).orElseThrow(() -> unknown(version));
            return CalibrationView.of(found, counting);
        });
    }

    /**
     * Fits another on the house's own questions: the documents that hold the answers, and their paraphrases, are passed over
     * once for each question. It counts only when it is chosen. The caller must be able to read the collection.
     */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Post(produces = {MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
    @ApiResponse(
            responseCode = "200",
            description = "The calibration with its consequences, or the events that lead to it.",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = CalibrationView.class)),
                @Content(mediaType = MediaType.TEXT_EVENT_STREAM, schema = @Schema(implementation = String.class))
            })
    HttpResponse<?> fit(@Body CalibrationQuestions wanted, HttpRequest<?> request, Authentication caller) {
        Principal by = Caller.of(caller).principal();
        Collection collection = reading.collection(wanted.collection(), by);
        return request.accept().contains(MediaType.TEXT_EVENT_STREAM_TYPE)
                ? HttpResponse.ok(streams.of(progress -> fit(by, collection, wanted, progress)))
                        .contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
                : HttpResponse.ok(fit(by, collection, wanted, (step, done, total) -> {}));
    }

    /** Lets one count, from a threshold on, for every question from now on. */
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
            return calibrations.use(handle, by, threshold == null ? found : found.at(threshold));
        });
    }

    private CalibrationView fit(
            Principal by, Collection collection, CalibrationQuestions wanted, ModelProgress progress) {
        List<Calibrating.Known> known = wanted.questions().stream()
                .map(one ->
                        new Calibrating.Known(one.question(), one.documents() == null ? List.of() : one.documents()))
                .toList();
        String description = wanted.description() == null ? collection.name() : wanted.description();
        try {
            Calibration fitted = calibrating.fit(
                    by,
                    collection,
                    known,
                    description,
                    (done, of) -> progress.step("asked " + done + " of " + of + " questions", 0, 0));
            return policy.read(handle -> CalibrationView.of(fitted, Calibrations.inUse(handle)));
        } catch (IllegalArgumentException e) {
            throw new Refused(HttpStatus.UNPROCESSABLE_ENTITY, String.valueOf(e.getMessage()));
        }
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
     * @param threshold the one that counts where it counts, else the one that was proposed with it
     */
    @Serdeable
    record CalibrationView(
            String version,
            boolean counts,
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
        static CalibrationView of(Calibration calibration, Calibration counting) {
            boolean counts = calibration.version().equals(counting.version());
            Calibration.Origin origin = calibration.origin();
            return new CalibrationView(
                    calibration.version(),
                    counts,
                    counts ? counting.threshold() : calibration.threshold(),
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

    /** Questions of the house about one collection. */
    @Serdeable
    record CalibrationQuestions(String collection, @Nullable String description, List<CalibrationQuestion> questions) {}

    /** A question, and the paths of the documents that hold its answer; none where none does. */
    @Serdeable
    record CalibrationQuestion(String question, @Nullable List<String> documents) {}

    /** Which one is to count; from its proposed threshold on where none is given. */
    @Serdeable
    record CalibrationChoice(String version, @Nullable Double threshold) {}
}
