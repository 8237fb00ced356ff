package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.audit.Reviewing;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.emergency.Emergencies;
import org.cartulary.compliance.emergency.Emergency;
import org.cartulary.compliance.emergency.EmergencyRecords;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.people.Role;
import org.cartulary.retrieval.catalog.Catalog;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Emergency accesses as compliance officers see them: why, what for, and what was found of them. */
@Controller("/api/emergencies")
@ExecuteOn(TaskExecutors.BLOCKING)
final class EmergencyReviewController {
    private final PolicyChanges policy;
    private final Emergencies emergencies;
    private final EmergencyRecords records;
    private final Catalog catalog;
    private final Reviewing reviewing;

    EmergencyReviewController(
            PolicyChanges policy, Authority authority, EvidenceLog log, Catalog catalog, Reviewing reviewing) {
        this.reviewing = reviewing;
        this.policy = policy;
        this.emergencies = authority.emergencies();
        this.records = new EmergencyRecords(log);
        this.catalog = catalog;
    }

    /** Those that wait for a review, the most urgent first. */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Get("/to-review")
    ToReview toReview() {
        return policy.read(handle -> new ToReview(views(handle, emergencies.toReview(handle))));
    }

    /**
     * Those that were reviewed, by the time of their review, latest first.
     *
     * @param before number of the last one of the page before
     */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Get("/reviewed")
    Reviewed reviewed(@QueryValue @Nullable Long before, @QueryValue(defaultValue = "100") int limit) {
        int rows = Math.clamp(limit, 1, Emergencies.MAX_LISTED);
        return policy.read(handle -> {
            List<Emergency> found =
                    emergencies.reviewed(handle, before == null ? OptionalLong.empty() : OptionalLong.of(before), rows);
            return new Reviewed(
                    views(handle, found), found.size() == rows ? found.getLast().number() : null);
        });
    }

    /** One of them, with what was asked while it was open. */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Get("/{id}")
    ReviewedEmergency emergency(UUID id, Authentication caller) {
        Emergency emergency = policy.read(
                handle -> Emergencies.find(handle, id).orElseThrow(() -> Refused.notFound("The emergency " + id)));
        // What is sealed of it is evidence: it is on record that somebody looks, before he sees.
        reviewing.note(Caller.of(caller).principal(), "emergency", emergency.number());
        return policy.read(handle -> ReviewedEmergency.of(
                handle,
                emergency,
                EmergencyController.collections(catalog),
                records.words(handle, emergency),
                records.use(handle, emergency)));
    }

    /** Records what a compliance officer found, once. */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Post("/{id}/review")
    ReviewedEmergency review(UUID id, @Body Review review, Authentication caller) {
        String remark = review.remark() == null ? "" : review.remark();
        return policy.read(handle -> view(
                handle,
                EmergencyController.done(
                        emergencies.review(handle, Caller.of(caller).principal(), id, review.justified(), remark)),
                EmergencyController.collections(catalog)));
    }

    private List<ReviewedEmergency> views(Handle handle, List<Emergency> found) {
        Map<UUID, String> collections = EmergencyController.collections(catalog);
        return found.stream()
                .map(emergency -> view(handle, emergency, collections))
                .toList();
    }

    private ReviewedEmergency view(Handle handle, Emergency emergency, Map<UUID, String> collections) {
        return ReviewedEmergency.of(handle, emergency, collections, records.words(handle, emergency), null);
    }

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ToReview(List<ReviewedEmergency> emergencies) {}

    /**
     * Some that were reviewed.
     *
     * @param next to be given as {@code before}; null where there is no more
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Reviewed(
            List<ReviewedEmergency> emergencies, @Nullable Long next) {}

    /**
     * An emergency access, with what is sealed in the log about it.
     *
     * @param person his name
     * @param reason of whoever opened it; null once its record was destroyed
     * @param destroyed whether the record of the reason was destroyed
     * @param verdict {@code justified} or {@code not-justified}; null until it is reviewed
     * @param reviewer his name; null until it is reviewed
     * @param remark of the reviewer; null until it is reviewed, and once its record was destroyed
     * @param questions those of its person that concerned its collection while it was open, oldest first; null in lists
     * @param destroyedQuestions how many questions of its person in that time had their records destroyed, so that nobody
     *     knows what they concerned; null in lists
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ReviewedEmergency(
            UUID id,
            long number,
            String person,
            String collection,
            String openedAt,
            String endsAt,
            String reviewBy,
            @Nullable String reason,
            boolean destroyed,
            @Nullable String verdict,
            @Nullable String reviewer,
            @Nullable String reviewedAt,
            @Nullable String remark,
            @Nullable List<QuestionView> questions,
            @Nullable Integer destroyedQuestions) {
        static ReviewedEmergency of(
                Handle handle,
                Emergency emergency,
                Map<UUID, String> collections,
                EmergencyRecords.Words words,
                EmergencyRecords.@Nullable Use use) {
            EmergencyController.EmergencyView view =
                    EmergencyController.EmergencyView.of(handle, emergency, collections);
            return new ReviewedEmergency(
                    view.id(),
                    view.number(),
                    view.person(),
                    view.collection(),
                    view.openedAt(),
                    view.endsAt(),
                    view.reviewBy(),
                    words.reason().orElse(null),
                    words.reason().isEmpty(),
                    view.review(),
                    emergency
                            .review()
                            .map(review -> PersonView.name(handle, review.by()))
                            .orElse(null),
                    emergency.review().map(review -> review.at().toString()).orElse(null),
                    words.remark().orElse(null),
                    use == null ? null : QuestionView.of(use.questions()),
                    use == null ? null : use.destroyed());
        }
    }

    /** A question by its number in the log. */
    @Serdeable
    record QuestionView(long number, String askedAt) {
        static List<QuestionView> of(List<EmergencyRecords.Question> questions) {
            return questions.stream()
                    .map(question -> new QuestionView(
                            question.number(), question.askedAt().toString()))
                    .toList();
        }
    }

    /** What was found; the remark may be absent. */
    @Serdeable
    record Review(boolean justified, @Nullable String remark) {}
}
