package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Part;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.multipart.CompletedFileUpload;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.rights.Permission;
import org.cartulary.ingest.Ingest;
import org.cartulary.ingest.Job;
import org.cartulary.retrieval.catalog.Collection;
import org.jspecify.annotations.Nullable;

/** Bringing documents in: bytes are stored at once, the rest is a job to follow. */
@Controller("/api")
@ExecuteOn(TaskExecutors.BLOCKING)
final class UploadController {
    private static final int MAX_WAIT_SECONDS = 60;
    private static final int MAX_PATH = 1_024;

    private final Ingest ingest;
    private final Reading reading;

    UploadController(Ingest ingest, Reading reading) {
        this.ingest = ingest;
        this.reading = reading;
    }

    /** Takes one file of a form; its name is the document's path. */
    @CalledBy(
            value = {Role.CURATOR, Role.SERVICE},
            scopes = Scope.CURATE)
    @Post("/collections/{name}/documents")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    HttpResponse<Jobs> upload(String name, @Part("file") CompletedFileUpload file, Authentication caller)
            throws IOException {
        try (InputStream bytes = file.getInputStream()) {
            return submit(name, file.getFilename(), bytes, caller);
        }
    }

    /** Takes the body as one file with the path given. */
    @CalledBy(
            value = {Role.CURATOR, Role.SERVICE},
            scopes = Scope.CURATE)
    @Put("/collections/{name}/documents")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    HttpResponse<Jobs> upload(
            String name, @QueryValue String path, @Nullable @Body InputStream bytes, Authentication caller)
            throws IOException {
        // An empty file is no body at all, and its job says so.
        try (InputStream body = bytes == null ? InputStream.nullInputStream() : bytes) {
            return submit(name, path, body, caller);
        }
    }

    /**
     * How far a job has come.
     *
     * @param wait seconds to wait for its end at most, 0 to 60
     */
    @CalledBy(
            value = {Role.CURATOR, Role.SERVICE},
            scopes = Scope.CURATE)
    @Get("/jobs/{id}")
    JobView job(UUID id, @QueryValue(defaultValue = "0") int wait, Authentication caller) throws InterruptedException {
        Principal principal = Caller.of(caller).principal();
        Job job = ingest.job(id)
                .filter(found -> reading.filter(principal).collections().contains(found.collection()))
                .orElseThrow(() -> Refused.notFound("This job"));
        return JobView.of(
                wait > 0 ? ingest.await(job.id(), Duration.ofSeconds(Math.min(wait, MAX_WAIT_SECONDS))) : job);
    }

    private HttpResponse<Jobs> submit(String name, String path, InputStream bytes, Authentication caller)
            throws IOException {
        Principal principal = Caller.of(caller).principal();
        Collection collection = reading.collection(name, principal, Permission.WRITE);
        Job job = ingest.submit(collection, documentPath(path), bytes, principal);
        return HttpResponse.accepted().body(new Jobs(List.of(JobView.of(job))));
    }

    /** A relative path without steps upwards: it is a name to show, never a place on a disk. */
    private static String documentPath(String given) {
        String path = given.replace('\\', '/').replaceAll("^/+", "").replaceAll("/+", "/");
        boolean climbs = List.of(path.split("/", -1)).contains("..");
        if (path.isBlank() || path.length() > MAX_PATH || climbs || path.chars().anyMatch(Character::isISOControl)) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "A document's path is relative, has 1 to " + MAX_PATH
                            + " characters and neither .. nor control characters.");
        }
        return path;
    }

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Jobs(List<JobView> jobs) {}

    /** A job as the interface shows it. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record JobView(
            UUID id,
            String path,
            String state,
            @Nullable String reason,
            @Nullable Integer pages,
            @Nullable Integer passages,
            @Nullable UUID document) {
        static JobView of(Job job) {
            return new JobView(
                    job.id(),
                    job.path(),
                    job.state().name().toLowerCase(Locale.ROOT),
                    job.reason(),
                    job.pages(),
                    job.passages(),
                    job.document());
        }
    }
}
