package org.cartulary.appliance.access;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.appliance.asking.QuestionCancelled;
import org.cartulary.appliance.database.DatabaseUnavailable;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.evidence.EvidenceUnavailable;
import org.cartulary.compliance.retention.Held;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;
import org.cartulary.inference.models.ModelRefused;
import org.cartulary.inference.supervision.SwitchRefused;
import org.cartulary.ingest.IngestRefused;
import org.cartulary.retrieval.index.IndexRefused;
import org.cartulary.retrieval.lexical.IndexBehind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that says what an exception becomes for a caller. Texts of unexpected faults stay in our log; the caller
 * gets the fault's number.
 */
@Singleton
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private final EvidenceLog evidence;

    Problems(EvidenceLog evidence) {
        this.evidence = evidence;
    }

    /** The problem behind an exception. */
    public Problem of(Throwable e) {
        return switch (e) {
            case Refused refused -> problem(refused.status(), refused);
            case InferenceRefused refused -> problem(status(refused.refusal()), refused);
            case InferenceFailed failed -> problem(HttpStatus.SERVICE_UNAVAILABLE, failed);
            case ModelRefused refused -> problem(HttpStatus.UNPROCESSABLE_ENTITY, refused);
            case SwitchRefused refused -> problem(HttpStatus.CONFLICT, refused);
            case IndexRefused refused -> problem(HttpStatus.CONFLICT, refused);
            case EvidenceUnavailable unavailable ->
                Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "This cannot be recorded, so nothing is answered: " + unavailable.getMessage() + meanwhile());
            case DatabaseUnavailable unavailable -> problem(HttpStatus.SERVICE_UNAVAILABLE, unavailable);
            case IngestRefused refused -> problem(status(refused.refusal()), refused);
            case IndexBehind behind -> problem(HttpStatus.SERVICE_UNAVAILABLE, behind);
            case Held held -> problem(HttpStatus.CONFLICT, held);
            case QuestionCancelled cancelled -> problem(HttpStatus.CONFLICT, cancelled);
            default -> databaseTrouble(e).or(() -> fullDisk(e)).orElseGet(() -> unexpected(e));
        };
    }

    /** What stays possible where the library is open. */
    private String meanwhile() {
        return evidence.library().open()
                ? ". Documents can still be searched and opened meanwhile; that is recorded later."
                : "";
    }

    /** A database that restarts or has no room is no fault of this code, and the caller can do something about it. */
    private static Optional<Problem> databaseTrouble(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException trouble) {
                String state = trouble.getSQLState() == null ? "08" : trouble.getSQLState();
                if (state.startsWith("08") || state.startsWith("57P") || state.startsWith("25P03")) {
                    LOG.error("The database is not reachable: {}", trouble.getMessage());
                    return Optional.of(unavailable("The database is not reachable"));
                }
                if (state.startsWith("53") || state.startsWith("58")) {
                    LOG.error("The database cannot write: {}", trouble.getMessage());
                    return Optional.of(unavailable("The database cannot write; its disk may be full"));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Problem> fullDisk(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (cause instanceof IOException
                    && message != null
                    && (message.contains("No space left") || message.contains("quota exceeded"))) {
                LOG.error("The disk is full: {}", message);
                return Optional.of(Problem.of(
                        HttpStatus.INSUFFICIENT_STORAGE,
                        "The appliance's disk is full, so this could not be stored: make room, then try again."));
            }
        }
        return Optional.empty();
    }

    private static Problem unavailable(String what) {
        return Problem.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                what + ", so nothing can be recorded and nothing is answered: try again in a moment.");
    }

    private static HttpStatus status(Refusal refusal) {
        return refusal instanceof Refusal.QueueFull ? HttpStatus.TOO_MANY_REQUESTS : HttpStatus.UNPROCESSABLE_ENTITY;
    }

    private static HttpStatus status(org.cartulary.ingest.Refusal refusal) {
        return switch (refusal) {
            case org.cartulary.ingest.Refusal.QueueFull _ -> HttpStatus.TOO_MANY_REQUESTS;
            case org.cartulary.ingest.Refusal.FileTooLarge _ -> HttpStatus.REQUEST_ENTITY_TOO_LARGE;
            case org.cartulary.ingest.Refusal.BadPath _ -> HttpStatus.BAD_REQUEST;
        };
    }

    private static Problem problem(HttpStatus status, Throwable e) {
        String message = e.getMessage();
        return Problem.of(status, message == null ? e.getClass().getSimpleName() : message);
    }

    private static Problem unexpected(Throwable e) {
        String number = UUID.randomUUID().toString();
        LOG.error("Fault {}", number, e);
        return Problem.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "Something failed that should not; the administrator finds it in the log as fault " + number + ".");
    }
}
