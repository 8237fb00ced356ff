package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.policy.Policy;
import org.cartulary.compliance.rights.Marking;
import org.cartulary.compliance.rights.Markings;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.compliance.rights.Why;
import org.cartulary.retrieval.catalog.Catalog;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Answers about rights: why somebody may see a document, and what somebody could see on a day. */
@Controller("/api/rights")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RightsController {
    private static final int MAX_LIMIT = 1_000;
    private static final UUID FIRST = new UUID(0, 0);

    private final PolicyChanges policy;
    private final Authority authority;
    private final Catalog catalog;
    private final Clock clock;

    RightsController(PolicyChanges policy, Authority authority, Catalog catalog, Clock clock) {
        this.policy = policy;
        this.authority = authority;
        this.catalog = catalog;
        this.clock = clock;
    }

    /**
     * Why somebody may or may not see a document.
     *
     * @param subject id of a person or a service
     * @param at a time of the past, RFC 3339; now where absent
     */
    @CalledBy(
            value = {Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER},
            scopes = {Scope.ADMINISTER, Scope.AUDIT})
    @Get("/why")
    WhyView why(@QueryValue String subject, @QueryValue UUID document, @QueryValue @Nullable String at) {
        Identity reader = policy.identity(subject);
        Instant time = time(at);
        return policy.read(handle -> {
            Marking marking = Markings.at(handle, document, time)
                    .orElseThrow(() -> Refused.notFound("The document " + document + " at that time"));
            return WhyView.of(
                    handle, authority.rights().why(handle, reader.id(), marking, version(handle, time), time));
        });
    }

    /**
     * What somebody could see at a time.
     *
     * @param subject id of a person or a service
     * @param at a time of the past, RFC 3339; now where absent
     * @param after only documents whose ids come after it
     */
    @CalledBy(
            value = {Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER},
            scopes = {Scope.ADMINISTER, Scope.AUDIT})
    @Get("/readable")
    ReadableView readable(
            @QueryValue String subject,
            @QueryValue @Nullable String at,
            @QueryValue @Nullable UUID after,
            @QueryValue(defaultValue = "100") int limit) {
        Identity reader = policy.identity(subject);
        Instant time = time(at);
        int most = Math.clamp(limit, 1, MAX_LIMIT);
        Map<UUID, String> names = new TreeMap<>();
        catalog.all().forEach(collection -> names.put(collection.id(), collection.name()));
        return policy.read(handle -> {
            long version = version(handle, time);
            ReadFilter filter = authority.rights().filter(handle, reader.id(), version, time);
            List<UUID> documents =
                    Markings.documentsAt(handle, filter.markings(), time, after == null ? FIRST : after, most);
            return new ReadableView(
                    version,
                    filter.collections().stream()
                            .map(id -> names.getOrDefault(id, id.toString()))
                            .toList(),
                    documents.stream()
                            .map(id -> new DocumentName(id, catalog.path(id).orElse(null)))
                            .toList(),
                    documents.size() == most ? documents.getLast() : null);
        });
    }

    private Instant time(@Nullable String at) {
        try {
            Instant now = clock.instant();
            Instant time = at == null ? now : Instant.parse(at);
            if (time.isAfter(now)) {
                throw new Refused(HttpStatus.BAD_REQUEST, "at lies in the future, which nobody knows.", "at", "at");
            }
            return time;
        } catch (DateTimeParseException e) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "at is a time such as 2026-11-22T09:30:00Z, not \"" + at + "\".",
                    "at",
                    "at");
        }
    }

    private static long version(Handle handle, Instant time) {
        return Policy.versionAt(handle, time)
                .orElseThrow(() -> new Refused(
                        HttpStatus.BAD_REQUEST, "at lies before the first policy of this house.", "at", "at"));
    }

    /**
     * The answer, and everything that was looked at.
     *
     * @param policyVersion the one that counted then
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record WhyView(boolean reads, long policyVersion, List<ReasonView> reasons) {
        static WhyView of(Handle handle, Why why) {
            return new WhyView(
                    why.reads(),
                    why.version(),
                    why.reasons().stream()
                            .map(reason -> ReasonView.of(handle, reason))
                            .toList());
        }
    }

    /**
     * One thing that was looked at.
     *
     * @param inFavour whether it speaks for the reader
     * @param text a sentence
     */
    @Serdeable
    record ReasonView(String kind, boolean inFavour, String text) {
        static ReasonView of(Handle handle, Why.Reason reason) {
            return switch (reason) {
                case Why.Disabled disabled -> view("disabled", reason, "The account was disabled.");
                case Why.NotGranted not -> view("not-granted", reason, "Nobody had granted the collection.");
                case Why.OpenedInEmergency opened ->
                    view("emergency", reason, "The reader had opened the collection in an emergency.");
                case Why.Level level ->
                    view(
                            "level",
                            reason,
                            "The document had level " + level.document() + "; the reader was cleared up to "
                                    + level.clearance() + ".");
                case Why.Granted granted ->
                    view(
                            "granted",
                            reason,
                            "The collection was granted ("
                                    + granted.permission().wireName() + ") to "
                                    + PersonView.name(handle, granted.subject()) + " since policy version "
                                    + granted.since()
                                    + way(handle, granted) + ".");
                case Why.Labelled labelled ->
                    view(
                            "label",
                            reason,
                            "The document bore the " + labelled.label().kind().wireName() + " label "
                                    + labelled.label().name() + "; the reader was "
                                    + (labelled.listed() ? "" : "not ") + "listed on it.");
            };
        }

        private static ReasonView view(String kind, Why.Reason reason, String text) {
            return new ReasonView(kind, reason.inFavour(), text);
        }

        private static String way(Handle handle, Why.Granted granted) {
            if (granted.path().size() < 2) {
                return "";
            }
            List<String> names = new ArrayList<>();
            granted.path().forEach(id -> names.add(PersonView.name(handle, new Principal(id))));
            return ", by way of " + String.join(" in ", names);
        }
    }

    /**
     * What could be seen.
     *
     * @param next to be given as {@code after}; null where there is no more
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ReadableView(
            long policyVersion,
            List<String> collections,
            List<DocumentName> documents,
            @Nullable UUID next) {}

    /** A document; its path is null where it is gone since. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record DocumentName(UUID id, @Nullable String path) {}
}
