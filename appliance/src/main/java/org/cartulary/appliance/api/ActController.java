package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
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
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.compliance.acts.Act;
import org.cartulary.compliance.acts.ActOutcome;
import org.cartulary.compliance.acts.ActRequest;
import org.cartulary.compliance.acts.Parameter;
import org.cartulary.compliance.acts.TwoPersonActs;
import org.cartulary.compliance.people.Role;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Acts that take two people: one asks, another approves, and it is done at once and once. */
@Controller("/api/acts")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ActController {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PolicyChanges policy;
    private final TwoPersonActs acts;

    ActController(PolicyChanges policy, TwoPersonActs acts) {
        this.policy = policy;
        this.acts = acts;
    }

    /** The kinds of acts, what they want to know, and which roles ask for them and approve them. */
    @CalledBy(
            value = {Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER},
            scopes = {Scope.ADMINISTER, Scope.AUDIT})
    @Get("/kinds")
    KindList kinds() {
        return new KindList(acts.kinds().stream().map(KindView::of).toList());
    }

    /**
     * Requests, latest first.
     *
     * @param waiting only those that wait for a decision
     */
    @CalledBy(
            value = {Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER},
            scopes = {Scope.ADMINISTER, Scope.AUDIT})
    @Get
    ActList list(@QueryValue(defaultValue = "true") boolean waiting, @QueryValue(defaultValue = "100") int limit) {
        return policy.read(handle -> new ActList(acts.list(handle, waiting, limit).stream()
                .map(request -> ActView.of(handle, request))
                .toList()));
    }

    /** An act that was asked for, however it stands. */
    @CalledBy(
            value = {Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER},
            scopes = {Scope.ADMINISTER, Scope.AUDIT})
    @Get("/{id}")
    ActView act(UUID id) {
        return policy.read(handle -> acts.find(handle, id)
                .map(request -> ActView.of(handle, request))
                .orElseThrow(() -> Refused.notFound("The act " + id)));
    }

    /** Asks for an act. */
    @CalledBy(
            value = {Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER},
            scopes = {Scope.ADMINISTER, Scope.AUDIT})
    @Post
    HttpResponse<ActView> request(@Body NewAct wanted, Authentication caller) {
        JsonNode parameters = JSON.valueToTree(wanted.parameters() == null ? Map.of() : wanted.parameters());
        return HttpResponse.created(decided(handle ->
                acts.request(handle, Caller.of(caller).principal(), wanted.kind(), parameters, wanted.reason())));
    }

    /** Approves an act that somebody else asked for, which does it. */
    @CalledBy(
            value = {Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER},
            scopes = {Scope.ADMINISTER, Scope.AUDIT})
    @Post("/{id}/approve")
    ActView approve(UUID id, Authentication caller) {
        return decided(handle -> acts.approve(handle, Caller.of(caller).principal(), id));
    }

    /** Ends a request without doing it. */
    @CalledBy(
            value = {Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER},
            scopes = {Scope.ADMINISTER, Scope.AUDIT})
    @Post("/{id}/reject")
    ActView reject(UUID id, @Body Reason reason, Authentication caller) {
        return decided(handle -> acts.reject(handle, Caller.of(caller).principal(), id, reason.reason()));
    }

    /** Takes one's own request back. */
    @CalledBy(
            value = {Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER},
            scopes = {Scope.ADMINISTER, Scope.AUDIT})
    @Post("/{id}/withdraw")
    ActView withdraw(UUID id, Authentication caller) {
        return decided(handle -> acts.withdraw(handle, Caller.of(caller).principal(), id));
    }

    private ActView decided(Function<Handle, ActOutcome> decision) {
        return policy.read(handle -> switch (decision.apply(handle)) {
            case ActOutcome.Done done -> ActView.of(handle, done.request());
            case ActOutcome.Refused refused ->
                throw new Refused(HttpStatus.CONFLICT, refused.message(), null, refused.code());
        });
    }

    private static List<String> names(Set<Role> roles) {
        return roles.stream().map(Role::wireName).sorted().toList();
    }

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record KindList(List<KindView> kinds) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record KindView(String kind, List<ParameterView> parameters, List<String> requesters, List<String> approvers) {
        static KindView of(Act act) {
            return new KindView(
                    act.kind(),
                    act.parameters().stream().map(ParameterView::of).toList(),
                    names(act.requesters()),
                    names(act.approvers()));
        }
    }

    /**
     * What a kind wants to know.
     *
     * @param what a sentence for those who ask for the act
     * @param type {@code person} (an id), {@code collection} (a name), {@code text} or {@code list} (an array)
     */
    @Serdeable
    record ParameterView(String name, String what, String type) {
        static ParameterView of(Parameter parameter) {
            return new ParameterView(
                    parameter.name(), parameter.what(), parameter.type().wireName());
        }
    }

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ActList(List<ActView> acts) {}

    /**
     * An act that was asked for.
     *
     * @param state how it stands: waiting is called requested, and then executed, rejected, withdrawn or expired
     * @param decidedBy his name; null while it waits
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ActView(
            UUID id,
            long number,
            String kind,
            Map<String, Object> parameters,
            String reason,
            String requestedBy,
            String requestedAt,
            String expiresAt,
            String state,
            @Nullable String decidedBy,
            @Nullable String decidedAt) {
        static ActView of(Handle handle, ActRequest request) {
            return new ActView(
                    request.id(),
                    request.number(),
                    request.kind(),
                    JSON.convertValue(request.parameters(), new TypeReference<>() {}),
                    request.reason(),
                    PersonView.name(handle, request.requestedBy()),
                    request.requestedAt().toString(),
                    request.expiresAt().toString(),
                    request.state().wireName(),
                    request.decision()
                            .map(decision -> PersonView.name(handle, decision.by()))
                            .orElse(null),
                    request.decision().map(decision -> decision.at().toString()).orElse(null));
        }
    }

    /** What to do and why; parameters by name, as the kind wants them. */
    @Serdeable
    record NewAct(String kind, @Nullable Map<String, Object> parameters, String reason) {}

    @Serdeable
    record Reason(String reason) {}
}
