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
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.retention.Hold;
import org.cartulary.compliance.retention.Holds;
import org.cartulary.compliance.retention.Retention;
import org.cartulary.compliance.retention.RetentionRule;
import org.jspecify.annotations.Nullable;

/**
 * How long evidence is kept, and what is held. Rules are set by the act {@code set-retention}, holds released by {@code
 * release-hold}: both take two people.
 */
@Controller("/api")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RetentionController {
    private final PolicyChanges policy;
    private final Holds holds;
    private final Retention retention;

    RetentionController(PolicyChanges policy, Holds holds, Retention retention) {
        this.policy = policy;
        this.holds = holds;
        this.retention = retention;
    }

    /** The rules; what none of them is about is kept for ever. */
    @CalledBy(
            value = {Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER},
            scopes = Scope.AUDIT)
    @Get("/retention")
    Rules rules() {
        return policy.read(handle ->
                new Rules(RetentionRule.all(handle).stream().map(RuleView::of).toList()));
    }

    /** What is due by each rule now and not held. */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Get("/retention/due")
    DueRules due() {
        return new DueRules(retention.due().stream().map(DueView::of).toList());
    }

    /** Disposes of what is due now, instead of within the hour. */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Post("/retention/dispose")
    DisposedView dispose() {
        Retention.Disposed disposed = retention.dispose();
        return new DisposedView(disposed.payloads(), disposed.shards());
    }

    /** Holds that are in force, oldest first. */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Get("/holds")
    HoldList holds() {
        return policy.read(handle ->
                new HoldList(Holds.open(handle).stream().map(HoldView::of).toList()));
    }

    /** Places a hold, which beats retention and deletion until two people release it. */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Post("/holds")
    HttpResponse<HoldView> place(@Body NewHold wanted, Authentication caller) {
        Hold.Kind kind = Hold.Kind.named(wanted.kind())
                .orElseThrow(() -> new Refused(
                        HttpStatus.BAD_REQUEST,
                        "\"" + wanted.kind() + "\" is no kind of hold; there are: "
                                + Arrays.stream(Hold.Kind.values())
                                        .map(Hold.Kind::wireName)
                                        .collect(Collectors.joining(", "))
                                + ".",
                        "kind",
                        null));
        LocalDate reviewOn = day(wanted.reviewOn());
        try {
            return policy.read(handle -> HttpResponse.created(HoldView.of(holds.place(
                    handle,
                    Caller.of(caller).principal(),
                    kind,
                    wanted.value() == null ? "" : wanted.value(),
                    wanted.reason(),
                    reviewOn))));
        } catch (IllegalArgumentException e) {
            throw new Refused(HttpStatus.BAD_REQUEST, e.getMessage() + ".", null, "hold");
        }
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST, "\"" + text + "\" is no day such as 2027-06-30.", "reviewOn", null);
        }
    }

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Rules(List<RuleView> rules) {}

    /**
     * How long something is kept.
     *
     * @param collection id, or empty for all that have no rule of their own
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record RuleView(String of, String collection, int days, String setAt) {
        static RuleView of(RetentionRule rule) {
            return new RuleView(
                    rule.of().wireName(),
                    rule.collection(),
                    rule.days(),
                    rule.setAt().toString());
        }
    }

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record DueRules(List<DueView> rules) {}

    /**
     * A rule, and what it would dispose of now.
     *
     * @param due payloads or, of the class {@code shards}, shards
     * @param more whether there are more than were counted
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record DueView(String of, String collection, int days, String setAt, int due, boolean more) {
        static DueView of(Retention.DueNow now) {
            RuleView rule = RuleView.of(now.rule());
            return new DueView(rule.of(), rule.collection(), rule.days(), rule.setAt(), now.count(), now.more());
        }
    }

    /** What went. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record DisposedView(long payloads, List<String> shards) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record HoldList(List<HoldView> holds) {}

    /**
     * A hold.
     *
     * @param value what it is on; empty for everything
     * @param reviewOn when somebody is to look whether it is still needed
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record HoldView(UUID id, long number, String kind, String value, String reason, String reviewOn, String placedAt) {
        static HoldView of(Hold hold) {
            return new HoldView(
                    hold.id(),
                    hold.number(),
                    hold.kind().wireName(),
                    hold.value(),
                    hold.reason(),
                    hold.reviewOn().toString(),
                    hold.placedAt().toString());
        }
    }

    /**
     * A hold to be placed.
     *
     * @param kind document, collection, reference, question or everything
     * @param value id of the document or collection, the reference, or the question's number
     */
    @Serdeable
    record NewHold(String kind, @Nullable String value, String reason, String reviewOn) {}
}
