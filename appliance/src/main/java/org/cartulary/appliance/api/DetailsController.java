package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.asking.Rights;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.rights.Permission;
import org.cartulary.retrieval.catalog.Catalog;
import org.cartulary.retrieval.catalog.Details;
import org.cartulary.retrieval.catalog.Document;
import org.cartulary.retrieval.catalog.DocumentWriter;
import org.cartulary.retrieval.scope.Holding;
import org.jspecify.annotations.Nullable;

/** What the house says of a document: owner, site, from when until when it holds, and what it supersedes. */
@Controller("/api/documents/{id}/details")
@ExecuteOn(TaskExecutors.BLOCKING)
final class DetailsController {
    private final Catalog catalog;
    private final Reading reading;
    private final Rights rights;
    private final DocumentWriter writer;

    DetailsController(Catalog catalog, Reading reading, Rights rights, DocumentWriter writer) {
        this.catalog = catalog;
        this.reading = reading;
        this.rights = rights;
        this.writer = writer;
    }

    /** What is said of a document, and how it stands today. */
    @CalledBy(
            value = {Role.READER, Role.CURATOR, Role.SERVICE},
            scopes = {Scope.ASK, Scope.CURATE})
    @Get
    DetailsView details(UUID id, Authentication caller) {
        return view(visible(id, Caller.of(caller).principal()));
    }

    /** Says it anew; what is absent is said no longer. The next question knows. For those who may write to the collection. */
    @CalledBy(
            value = {Role.CURATOR, Role.SERVICE},
            scopes = Scope.CURATE)
    @Put
    DetailsView describe(UUID id, @Body DetailsBody wanted, Authentication caller) {
        Principal by = Caller.of(caller).principal();
        Document document = visible(id, by);
        reading.requireMay(document.collection(), by, Permission.WRITE);
        return switch (writer.describe(id, details(wanted), by)) {
            case DocumentWriter.Described.Done done -> view(done.document());
            case DocumentWriter.Described.NotFound gone -> throw Refused.notFound("This document");
            case DocumentWriter.Described.Circle circle ->
                throw new Refused(
                        HttpStatus.CONFLICT,
                        "By what it is to supersede, this document would supersede itself: leave one of them out.",
                        "supersedes",
                        "circle");
        };
    }

    private Document visible(UUID id, Principal principal) {
        return catalog.document(id, reading.filter(principal)).orElseThrow(() -> Refused.notFound("This document"));
    }

    private static Details details(DetailsBody wanted) {
        try {
            return new Details(
                    wanted.owner(),
                    wanted.site(),
                    Boolean.TRUE.equals(wanted.draft()),
                    wanted.effectiveOn(),
                    wanted.reviewOn(),
                    wanted.expiresOn(),
                    wanted.withdrawnOn(),
                    wanted.supersedes() == null ? new TreeSet<>() : new TreeSet<>(wanted.supersedes()),
                    wanted.fields() == null ? new TreeMap<>() : new TreeMap<>(wanted.fields()));
        } catch (IllegalArgumentException e) {
            throw new Refused(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()), null, "details");
        }
    }

    private DetailsView view(Document document) {
        Details details = document.details();
        return new DetailsView(
                StandingView.of(new Holding(rights.today(), document.validity(), details.site())),
                new DetailsBody(
                        details.owner(),
                        details.site(),
                        details.draft(),
                        details.effectiveOn(),
                        details.reviewOn(),
                        details.expiresOn(),
                        details.withdrawnOn(),
                        List.copyOf(details.supersedes()),
                        details.fields()));
    }

    /** How a document stands today, and what is said of it. */
    @Serdeable
    record DetailsView(StandingView standing, DetailsBody details) {}

    /**
     * What the house says of a document.
     *
     * @param owner who answers for it
     * @param site where it holds; at every site where absent
     * @param draft whether it does not hold yet, whatever its dates
     * @param effectiveOn the first day on which it holds
     * @param reviewOn the day by which somebody is to look at it again
     * @param expiresOn the last day on which it holds
     * @param withdrawnOn the first day on which it is superseded, though by no document of the collection
     * @param supersedes paths of the documents of its collection that it takes the place of
     * @param fields further values, by name
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record DetailsBody(
            @Nullable String owner,
            @Nullable String site,
            @Nullable Boolean draft,
            @Nullable LocalDate effectiveOn,
            @Nullable LocalDate reviewOn,
            @Nullable LocalDate expiresOn,
            @Nullable LocalDate withdrawnOn,
            @Nullable List<String> supersedes,
            @Nullable Map<String, String> fields) {}
}
