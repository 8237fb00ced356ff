package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.emergency.Emergencies;
import org.cartulary.compliance.emergency.Emergency;
import org.cartulary.compliance.emergency.Terms;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.policy.Policy;
import org.cartulary.retrieval.catalog.Catalog;
import org.cartulary.retrieval.catalog.Collection;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Emergency access ("breaking the glass"): opened with a reason, over after a time, reviewed by a compliance officer. */
@Controller("/api/emergencies")
@ExecuteOn(TaskExecutors.BLOCKING)
final class EmergencyController {
    private static final Logger LOG = LoggerFactory.getLogger(EmergencyController.class);

    private final PolicyChanges policy;
    private final Authority authority;
    private final Catalog catalog;

    EmergencyController(PolicyChanges policy, Authority authority, Catalog catalog) {
        this.policy = policy;
        this.authority = authority;
        this.catalog = catalog;
    }

    /** One's own, latest first. */
    @CalledBy(
            value = {Role.READER, Role.CURATOR},
            scopes = Scope.ASK)
    @Get
    EmergencyList own(Authentication caller) {
        Principal principal = Caller.of(caller).principal();
        return policy.read(handle -> {
            Map<UUID, String> collections = collections(catalog);
            return new EmergencyList(authority.emergencies().of(handle, principal).stream()
                    .map(emergency -> EmergencyView.of(handle, emergency, collections))
                    .toList());
        });
    }

    /** Opens a collection for a while; an alert goes to the compliance officers. */
    @CalledBy(
            value = {Role.READER, Role.CURATOR},
            scopes = Scope.ASK)
    @Post
    HttpResponse<EmergencyView> open(@Body NewEmergency wanted, Authentication caller) {
        UUID collection = catalog.find(wanted.collection())
                .map(Collection::id)
                // Refused in the same words as one that exists and may not be opened.
                .orElseGet(UUID::randomUUID);
        Optional<Duration> length = Optional.ofNullable(wanted.minutes()).map(Duration::ofMinutes);
        EmergencyView opened = policy.read(handle -> view(
                handle,
                authority
                        .emergencies()
                        .open(handle, Caller.of(caller).principal(), collection, wanted.reason(), length)));
        LOG.warn(
                "Emergency access, number {} in the evidence log: a compliance officer is to review it by {}",
                opened.number(),
                opened.reviewBy());
        return HttpResponse.created(opened);
    }

    /** Ends one's own before its time. */
    @CalledBy(
            value = {Role.READER, Role.CURATOR},
            scopes = Scope.ASK)
    @Post("/{id}/close")
    EmergencyView close(UUID id, Authentication caller) {
        return policy.read(handle -> view(
                handle, authority.emergencies().close(handle, Caller.of(caller).principal(), id)));
    }

    /** For how long an emergency lasts, and how soon it is reviewed. */
    @CalledBy(scopes = {Scope.ASK, Scope.CURATE, Scope.ADMINISTER, Scope.AUDIT})
    @Get("/terms")
    TermsView terms() {
        return policy.read(handle -> TermsView.of(Terms.of(handle, Policy.version(handle))));
    }

    /** Sets both; emergencies that are open keep theirs. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Put("/terms")
    HttpResponse<?> setTerms(@Body TermsView wanted, Authentication caller) {
        Terms terms = wanted.terms();
        return policy.make(caller, (handle, by) -> authority.settings().set(handle, by, Terms.SETTING, terms.value()));
    }

    private EmergencyView view(Handle handle, Emergencies.Outcome outcome) {
        return EmergencyView.of(handle, done(outcome), collections(catalog));
    }

    /** Goes on only where what was wanted was done. */
    static Emergency done(Emergencies.Outcome outcome) {
        return switch (outcome) {
            case Emergencies.Outcome.Done done -> done.emergency();
            case Emergencies.Outcome.Refused refused ->
                throw new Refused(HttpStatus.CONFLICT, refused.message(), null, refused.code());
        };
    }

    /** The names of all collections; one that is gone has none. */
    static Map<UUID, String> collections(Catalog catalog) {
        Map<UUID, String> names = new TreeMap<>();
        catalog.all().forEach(collection -> names.put(collection.id(), collection.name()));
        return names;
    }

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record EmergencyList(List<EmergencyView> emergencies) {}

    /**
     * An emergency access.
     *
     * @param number under which the log has it, with its reason
     * @param person his name
     * @param review {@code justified} or {@code not-justified}; null until it is reviewed
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record EmergencyView(
            UUID id,
            long number,
            String person,
            String collection,
            String openedAt,
            String endsAt,
            String reviewBy,
            @Nullable String review) {
        static EmergencyView of(Handle handle, Emergency emergency, Map<UUID, String> collections) {
            return new EmergencyView(
                    emergency.id(),
                    emergency.number(),
                    PersonView.name(handle, emergency.principal()),
                    collections.getOrDefault(
                            emergency.collection(), emergency.collection().toString()),
                    emergency.openedAt().toString(),
                    emergency.endsAt().toString(),
                    emergency.reviewBy().toString(),
                    emergency.review().map(Emergency.Review::wireName).orElse(null));
        }
    }

    /**
     * What to open, and why.
     *
     * @param minutes for how long; as long as the house allows where absent
     */
    @Serdeable
    record NewEmergency(
            String collection, String reason, @Nullable Integer minutes) {}

    /**
     * The terms of the house.
     *
     * @param longestMinutes that an emergency lasts, 1 to 1,440
     * @param reviewWithinHours after which it is to be reviewed, 1 to 720
     */
    @Serdeable
    record TermsView(int longestMinutes, int reviewWithinHours) {
        static TermsView of(Terms terms) {
            return new TermsView((int) terms.longest().toMinutes(), (int)
                    terms.reviewWithin().toHours());
        }

        Terms terms() {
            try {
                return new Terms(Duration.ofMinutes(longestMinutes), Duration.ofHours(reviewWithinHours));
            } catch (IllegalArgumentException e) {
                throw new Refused(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()), "terms", "terms");
            }
        }
    }
}
