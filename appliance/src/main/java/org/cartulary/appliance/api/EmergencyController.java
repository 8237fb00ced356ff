package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.emergency.Emergencies;
import org.cartulary.compliance.emergency.Emergency;
import org.cartulary.compliance.people.Identities;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.cartulary.retrieval.catalog.Catalog;
import org.cartulary.retrieval.catalog.Collection;
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
        return list(policy.read(
                handle -> authority.emergencies().of(handle, Caller.of(caller).principal())));
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
        Emergency opened = policy.read(handle -> done(authority
                .emergencies()
                .open(handle, Caller.of(caller).principal(), collection, wanted.reason(), length)));
        LOG.warn(
                "Emergency access, number {} in the evidence log: a compliance officer is to review it by {}",
                opened.number(),
                opened.reviewBy());
        return HttpResponse.created(view(opened));
    }

    /** Ends one's own before its time. */
    @CalledBy(
            value = {Role.READER, Role.CURATOR},
            scopes = Scope.ASK)
    @Post("/{id}/close")
    EmergencyView close(UUID id, Authentication caller) {
        return view(policy.read(handle ->
                done(authority.emergencies().close(handle, Caller.of(caller).principal(), id))));
    }

    /** Those that wait for a review, the most urgent first. Their reasons lie in the record of their number. */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Get("/to-review")
    EmergencyList toReview() {
        return list(policy.read(handle -> authority.emergencies().toReview(handle)));
    }

    /** Records what a compliance officer found, once. */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Post("/{id}/review")
    EmergencyView review(UUID id, @Body Review review, Authentication caller) {
        String remark = review.remark() == null ? "" : review.remark();
        return view(policy.read(handle -> done(authority
                .emergencies()
                .review(handle, Caller.of(caller).principal(), id, review.justified(), remark))));
    }

    private static Emergency done(Emergencies.Outcome outcome) {
        return switch (outcome) {
            case Emergencies.Outcome.Done done -> done.emergency();
            case Emergencies.Outcome.Refused refused ->
                throw new Refused(HttpStatus.CONFLICT, refused.message(), null, refused.code());
        };
    }

    private EmergencyList list(List<Emergency> emergencies) {
        return new EmergencyList(emergencies.stream().map(this::view).toList());
    }

    private EmergencyView view(Emergency emergency) {
        String collection = catalog.all().stream()
                .filter(found -> found.id().equals(emergency.collection()))
                .map(Collection::name)
                .findFirst()
                .orElse(emergency.collection().toString());
        String name = policy.read(handle -> Identities.find(handle, emergency.principal()))
                .map(Identity::name)
                .orElse(emergency.principal().id());
        return new EmergencyView(
                emergency.id(),
                emergency.number(),
                name,
                collection,
                emergency.openedAt().toString(),
                emergency.endsAt().toString(),
                emergency.reviewBy().toString(),
                emergency
                        .review()
                        .map(review -> review.justified() ? "justified" : "not-justified")
                        .orElse(null));
    }

    @Serdeable
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
            @Nullable String review) {}

    /**
     * What to open, and why.
     *
     * @param minutes for how long; as long as the house allows where absent
     */
    @Serdeable
    record NewEmergency(
            String collection, String reason, @Nullable Integer minutes) {}

    @Serdeable
    record Review(boolean justified, @Nullable String remark) {}
}
