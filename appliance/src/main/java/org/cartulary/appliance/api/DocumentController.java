package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.asking.Opening;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.purpose.Stated;
import org.cartulary.compliance.rights.Label;
import org.cartulary.compliance.rights.Labels;
import org.cartulary.compliance.rights.Marking;
import org.cartulary.compliance.rights.Markings;
import org.cartulary.retrieval.catalog.Catalog;
import org.cartulary.retrieval.catalog.Collection;
import org.cartulary.retrieval.catalog.Document;
import org.cartulary.retrieval.catalog.DocumentPage;
import org.cartulary.retrieval.catalog.PassageInContext;
import org.jspecify.annotations.Nullable;

/** Documents: lists, originals, and passages in their surroundings. Opening one is a question on record. */
@Controller("/api")
@ExecuteOn(TaskExecutors.BLOCKING)
final class DocumentController {
    private final PolicyChanges policy;
    private final Catalog catalog;
    private final Reading reading;
    private final Opening opening;

    DocumentController(PolicyChanges policy, Catalog catalog, Reading reading, Opening opening) {
        this.policy = policy;
        this.catalog = catalog;
        this.reading = reading;
        this.opening = opening;
    }

    /** Some documents of a collection, ordered by path. */
    @CalledBy(
            value = {Role.READER, Role.CURATOR, Role.SERVICE},
            scopes = {Scope.ASK, Scope.CURATE})
    @Get("/collections/{name}/documents")
    Documents list(
            String name,
            @QueryValue @Nullable String cursor,
            @QueryValue(defaultValue = "100") int limit,
            Authentication caller) {
        Principal principal = Caller.of(caller).principal();
        Collection collection = reading.collection(name, principal);
        DocumentPage page = catalog.documents(collection.id(), reading.filter(principal), cursor, limit);
        return new Documents(views(page.documents(), reading.manages(collection.id(), principal)), page.next());
    }

    /** A document's metadata. */
    @CalledBy(
            value = {Role.READER, Role.CURATOR, Role.SERVICE},
            scopes = {Scope.ASK, Scope.CURATE})
    @Get("/documents/{id}")
    DocumentView document(UUID id, Authentication caller) {
        Principal principal = Caller.of(caller).principal();
        Document document = visible(id, principal);
        return views(List.of(document), reading.manages(document.collection(), principal))
                .getFirst();
    }

    /** @param marked whether to show what they bear: names of labels are not for every reader */
    private List<DocumentView> views(List<Document> documents, boolean marked) {
        if (!marked) {
            return documents.stream()
                    .map(document -> DocumentView.of(document, null))
                    .toList();
        }
        return policy.read(handle -> {
            List<Label> labels = Labels.list(handle);
            Set<UUID> ids = documents.stream().map(Document::id).collect(Collectors.toSet());
            Map<UUID, Marking> markings = Markings.now(handle, ids);
            return documents.stream()
                    .map(document -> {
                        Marking marking = markings.get(document.id());
                        return DocumentView.of(document, marking == null ? null : Marks.of(labels, marking));
                    })
                    .toList();
        });
    }

    /** A document's original bytes. A browser opens a PDF at a page with {@code #page=N}. */
    @CalledBy(
            value = {Role.READER, Role.CURATOR, Role.SERVICE},
            scopes = Scope.ASK,
            question = true)
    @Get(value = "/documents/{id}/original", produces = MediaType.ALL)
    HttpResponse<StreamedFile> original(UUID id, HttpRequest<?> request, Authentication caller) {
        Principal principal = Caller.of(caller).principal();
        Document document = visible(id, principal);
        Stated stated = StatedPurpose.of(request);
        reading.requireStated(document.collection(), stated);
        StreamedFile file = new StreamedFile(
                opening.original(document, reading.filter(principal), principal, stated),
                MediaType.of(OriginalType.of(document)));
        MutableHttpResponse<StreamedFile> response = HttpResponse.ok(file);
        response.header(HttpHeaders.CONTENT_DISPOSITION, OriginalType.disposition(document));
        response.header("Content-Security-Policy", OriginalType.POLICY);
        return response;
    }

    /** A passage and the text around it. */
    @CalledBy(
            value = {Role.READER, Role.CURATOR, Role.SERVICE},
            scopes = Scope.ASK,
            question = true)
    @Get("/documents/{id}/passages/{passage}")
    PassageView passage(UUID id, long passage, HttpRequest<?> request, Authentication caller) {
        Principal principal = Caller.of(caller).principal();
        Stated stated = StatedPurpose.of(request);
        reading.requireStated(visible(id, principal).collection(), stated);
        return opening.passage(id, passage, reading.filter(principal), principal, stated)
                .map(PassageView::of)
                .orElseThrow(() -> Refused.notFound("This passage"));
    }

    private Document visible(UUID id, Principal principal) {
        return catalog.document(id, reading.filter(principal)).orElseThrow(() -> Refused.notFound("This document"));
    }

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Documents(List<DocumentView> documents, @Nullable String next) {}

    /** A passage between the text before and after it. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record PassageView(
            DocumentView document,
            String passage,
            @Nullable Integer page,
            @Nullable String anchor,
            String before,
            String text,
            String after) {
        static PassageView of(PassageInContext found) {
            return new PassageView(
                    DocumentView.of(found.document(), null),
                    Long.toString(found.passage()),
                    found.page(),
                    found.anchor(),
                    found.before(),
                    found.text(),
                    found.after());
        }
    }
}
