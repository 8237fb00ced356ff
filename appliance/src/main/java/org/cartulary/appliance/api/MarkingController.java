package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.policy.Policy;
import org.cartulary.compliance.rights.Label;
import org.cartulary.compliance.rights.Labels;
import org.cartulary.compliance.rights.Marking;
import org.cartulary.compliance.rights.Markings;
import org.cartulary.compliance.rights.PathRule;
import org.cartulary.compliance.rights.PathRules;
import org.cartulary.retrieval.catalog.Catalog;
import org.cartulary.retrieval.catalog.Collection;
import org.cartulary.retrieval.catalog.Document;
import org.cartulary.retrieval.catalog.DocumentWriter;
import org.cartulary.retrieval.catalog.OwnMarks;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What documents are marked with: by the rules of their collection for their path, and themselves. */
@Controller("/api")
@ExecuteOn(TaskExecutors.BLOCKING)
final class MarkingController {
    private final PolicyChanges policy;
    private final Authority authority;
    private final Managing managing;
    private final Reading reading;
    private final Catalog catalog;
    private final DocumentWriter writer;

    MarkingController(
            PolicyChanges policy,
            Authority authority,
            Managing managing,
            Reading reading,
            Catalog catalog,
            DocumentWriter writer) {
        this.policy = policy;
        this.authority = authority;
        this.managing = managing;
        this.reading = reading;
        this.catalog = catalog;
        this.writer = writer;
    }

    /** The path rules of a collection. */
    @CalledBy(
            value = {Role.CURATOR, Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER},
            scopes = {Scope.CURATE, Scope.ADMINISTER, Scope.AUDIT})
    @Get("/collections/{name}/path-rules")
    RuleList rules(String name, Authentication caller) {
        Collection collection = managing.looksAt(name, Caller.of(caller));
        return policy.read(handle -> new RuleList(PathRules.of(handle, collection.id(), Policy.version(handle)).stream()
                .map(rule -> RuleView.of(handle, rule))
                .toList()));
    }

    /** Adds a rule; the documents that it concerns are marked when this returns. */
    @CalledBy(
            value = {Role.CURATOR, Role.ADMINISTRATOR},
            scopes = {Scope.CURATE, Scope.ADMINISTER})
    @Post("/collections/{name}/path-rules")
    HttpResponse<RuleView> add(String name, @Body NewRule wanted, Authentication caller) {
        Collection collection = managing.manages(name, Caller.of(caller));
        PathRule rule = policy.read(handle -> rule(handle, collection.id(), wanted));
        PolicyChanges.require(writer.remark(
                collection.id(),
                handle -> authority.pathRules().add(handle, Caller.of(caller).principal(), rule)));
        RuleView view = policy.read(handle -> RuleView.of(handle, rule));
        return HttpResponse.created(view);
    }

    /** Removes a rule; the documents that it concerned are marked anew when this returns. */
    @CalledBy(
            value = {Role.CURATOR, Role.ADMINISTRATOR},
            scopes = {Scope.CURATE, Scope.ADMINISTER})
    @Delete("/collections/{name}/path-rules/{id}")
    HttpResponse<?> remove(String name, UUID id, Authentication caller) {
        Collection collection = managing.manages(name, Caller.of(caller));
        PathRule rule = policy.read(handle -> PathRules.of(handle, collection.id(), Policy.version(handle)).stream()
                        .filter(found -> found.id().equals(id))
                        .findFirst())
                .orElseThrow(() -> Refused.notFound("The path rule " + id));
        PolicyChanges.require(writer.remark(
                collection.id(),
                handle -> authority.pathRules().remove(handle, Caller.of(caller).principal(), rule)));
        return HttpResponse.noContent();
    }

    /**
     * What a document is marked with, and why. For those who manage its collection, and for administrators and compliance
     * officers, who need not be able to read it.
     */
    @CalledBy(
            value = {Role.CURATOR, Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER},
            scopes = {Scope.CURATE, Scope.ADMINISTER, Scope.AUDIT})
    @Get("/documents/{id}/marks")
    MarksView marks(UUID id, Authentication caller) {
        Caller who = Caller.of(caller);
        if (!who.has(Role.ADMINISTRATOR) && !who.has(Role.COMPLIANCE_OFFICER)) {
            Document document = catalog.document(id, reading.filter(who.principal()))
                    .orElseThrow(MarkingController::unknownDocument);
            reading.requireManages(document.collection(), who.principal());
        }
        return policy.read(handle -> MarksView.of(handle, catalog, id));
    }

    /** Sets what a document is marked with itself, beside what its path says. For those who manage its collection. */
    @CalledBy(value = Role.CURATOR, scopes = Scope.CURATE)
    @Put("/documents/{id}/marks")
    HttpResponse<?> mark(UUID id, @Body Marks marks, Authentication caller) {
        Principal by = Caller.of(caller).principal();
        Document document = catalog.document(id, reading.filter(by)).orElseThrow(MarkingController::unknownDocument);
        reading.requireManages(document.collection(), by);
        OwnMarks own = policy.read(handle -> new OwnMarks(ids(handle, marks.labels()), level(handle, marks.level())));
        if (!writer.mark(id, own, by)) {
            throw unknownDocument();
        }
        return HttpResponse.noContent();
    }

    private static Refused unknownDocument() {
        return Refused.notFound("This document");
    }

    private static PathRule rule(Handle handle, UUID collection, NewRule wanted) {
        try {
            return new PathRule(
                    UUID.randomUUID(),
                    collection,
                    wanted.pattern(),
                    ids(handle, wanted.labels()),
                    level(handle, wanted.level()));
        } catch (IllegalArgumentException e) {
            throw new Refused(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()), "pattern", "pattern");
        }
    }

    private static SortedSet<UUID> ids(Handle handle, @Nullable List<String> names) {
        SortedSet<UUID> ids = new TreeSet<>();
        if (names != null) {
            names.forEach(name -> ids.add(LabelController.named(handle, name).id()));
        }
        return ids;
    }

    private static @Nullable Integer level(Handle handle, @Nullable Integer level) {
        if (level != null) {
            LabelController.requireLevel(handle, level);
        }
        return level;
    }

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record RuleList(List<RuleView> rules) {}

    /**
     * A path rule.
     *
     * @param pattern a glob over the whole path: {@code personnel/**}
     * @param labels by name
     * @param level at least; null where the rule says nothing of it
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record RuleView(
            UUID id,
            String pattern,
            List<String> labels,
            @Nullable Integer level) {
        static RuleView of(Handle handle, PathRule rule) {
            return new RuleView(
                    rule.id(), rule.pattern(), Marks.names(Labels.list(handle), rule.labels()), rule.level());
        }
    }

    @Serdeable
    record NewRule(
            String pattern,
            @Nullable List<String> labels,
            @Nullable Integer level) {}

    /**
     * What a document is marked with.
     *
     * @param own itself
     * @param byPathRules by the rules of its collection that concern its path
     * @param effective all labels and the highest level, which decide
     */
    @Serdeable
    record MarksView(Marks own, Marks byPathRules, Marks effective) {
        static MarksView of(Handle handle, Catalog catalog, UUID document) {
            OwnMarks own = catalog.ownMarks(document).orElseThrow(MarkingController::unknownDocument);
            String path = catalog.path(document).orElseThrow(MarkingController::unknownDocument);
            Marking effective = Optional.ofNullable(
                            Markings.now(handle, Set.of(document)).get(document))
                    .orElseThrow(MarkingController::unknownDocument);
            SortedSet<UUID> labels = new TreeSet<>();
            Integer level = null;
            for (PathRule rule : PathRules.matching(handle, effective.collection(), path, Policy.version(handle))) {
                labels.addAll(rule.labels());
                if (rule.level() != null && (level == null || rule.level() > level)) {
                    level = rule.level();
                }
            }
            List<Label> all = Labels.list(handle);
            return new MarksView(
                    Marks.of(all, own.labels(), own.level()), Marks.of(all, labels, level), Marks.of(all, effective));
        }
    }
}
