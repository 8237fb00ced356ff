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
import java.util.UUID;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.policy.Policy;
import org.cartulary.compliance.rights.Grants;
import org.cartulary.compliance.rights.Label;
import org.cartulary.compliance.rights.Labels;
import org.cartulary.compliance.rights.Levels;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Labels that documents can bear, who is listed on them, levels of secrecy, and who is cleared for which. */
@Controller("/api")
@ExecuteOn(TaskExecutors.BLOCKING)
final class LabelController {
    private final PolicyChanges policy;
    private final Authority authority;

    LabelController(PolicyChanges policy, Authority authority) {
        this.policy = policy;
        this.authority = authority;
    }

    /** All labels, by name. */
    @CalledBy(
            value = {Role.CURATOR, Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER},
            scopes = {Scope.CURATE, Scope.ADMINISTER, Scope.AUDIT})
    @Get("/labels")
    LabelList list() {
        return policy.read(handle ->
                new LabelList(Labels.list(handle).stream().map(LabelView::of).toList()));
    }

    /** Adds a label, for good: documents may bear it. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Post("/labels")
    HttpResponse<LabelView> add(@Body NewLabel wanted, Authentication caller) {
        Label label = wanted.label();
        return policy.read(handle -> {
            PolicyChanges.require(
                    authority.labels().add(handle, Caller.of(caller).principal(), label));
            return HttpResponse.created(LabelView.of(label));
        });
    }

    /** The persons, services and groups that are listed on a label; members of a group are by the group. */
    @CalledBy(
            value = {Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER},
            scopes = {Scope.ADMINISTER, Scope.AUDIT})
    @Get("/labels/{name}/listed")
    Listed listed(String name) {
        return policy.read(handle ->
                new Listed(PersonViews.of(handle, Labels.listed(handle, named(handle, name), Policy.version(handle)))));
    }

    /** Lists a person, a service or a group on a label. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Put("/labels/{name}/listed/{subject}")
    HttpResponse<?> put(String name, String subject, Authentication caller) {
        Identity who = policy.identity(subject);
        return policy.make(caller, (handle, by) -> authority.labels().list(handle, by, named(handle, name), who.id()));
    }

    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Delete("/labels/{name}/listed/{subject}")
    HttpResponse<?> remove(String name, String subject, Authentication caller) {
        Identity who = policy.identity(subject);
        return policy.make(
                caller, (handle, by) -> authority.labels().unlist(handle, by, named(handle, name), who.id()));
    }

    /** Levels of secrecy, lowest first, and what counts where nothing is said. */
    @CalledBy(scopes = {Scope.ASK, Scope.CURATE, Scope.ADMINISTER, Scope.AUDIT})
    @Get("/levels")
    LevelsView levels() {
        return policy.read(handle -> LevelsView.of(Levels.of(handle, Policy.version(handle))));
    }

    /** Sets the levels. Documents keep the number of theirs, so add new ones above. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Put("/levels")
    HttpResponse<?> set(@Body LevelsView wanted, Authentication caller) {
        Levels levels = wanted.levels();
        return policy.make(
                caller, (handle, by) -> authority.settings().set(handle, by, Levels.SETTING, levels.value()));
    }

    /** The persons, services and groups that are cleared up to a level; those cleared for a higher one are there. */
    @CalledBy(
            value = {Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER},
            scopes = {Scope.ADMINISTER, Scope.AUDIT})
    @Get("/levels/{level}/cleared")
    Cleared cleared(int level) {
        return policy.read(handle -> {
            requireLevel(handle, level);
            return new Cleared(PersonViews.of(handle, Grants.cleared(handle, level, Policy.version(handle))));
        });
    }

    /** Clears a person, a service or a group for documents up to a level. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Put("/levels/{level}/cleared/{subject}")
    HttpResponse<?> clear(int level, String subject, Authentication caller) {
        Identity who = policy.identity(subject);
        return policy.make(caller, (handle, by) -> {
            requireLevel(handle, level);
            return authority.grants().clear(handle, by, level, who.id());
        });
    }

    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Delete("/levels/{level}/cleared/{subject}")
    HttpResponse<?> unclear(int level, String subject, Authentication caller) {
        Identity who = policy.identity(subject);
        return policy.make(caller, (handle, by) -> authority.grants().unclear(handle, by, level, who.id()));
    }

    static void requireLevel(Handle handle, int level) {
        int levels = Levels.of(handle, Policy.version(handle)).names().size();
        if (level < 0 || level >= levels) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "There is no level " + level + ": they are numbered 0 to " + (levels - 1) + ".",
                    "level",
                    "level");
        }
    }

    static Label named(Handle handle, String name) {
        return Labels.named(handle, name).orElseThrow(() -> Refused.notFound("The label \"" + name + "\""));
    }

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record LabelList(List<LabelView> labels) {}

    /**
     * A label.
     *
     * @param kind {@code allow}: only those who are listed; {@code deny}: all but those
     * @param byLaw what it keeps from a reader, no emergency opens
     */
    @Serdeable
    record LabelView(UUID id, String name, String kind, boolean byLaw) {
        static LabelView of(Label label) {
            return new LabelView(label.id(), label.name(), label.kind().wireName(), label.byLaw());
        }
    }

    @Serdeable
    record NewLabel(String name, String kind, @Nullable Boolean byLaw) {
        Label label() {
            Label.Kind wanted = switch (kind) {
                case "allow" -> Label.Kind.ALLOW;
                case "deny" -> Label.Kind.DENY;
                default ->
                    throw new Refused(
                            HttpStatus.BAD_REQUEST, "kind is allow or deny, not \"" + kind + "\".", "kind", "kind");
            };
            try {
                return new Label(UUID.randomUUID(), name, wanted, Boolean.TRUE.equals(byLaw));
            } catch (IllegalArgumentException e) {
                throw new Refused(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()), "name", "name");
            }
        }
    }

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Listed(List<PersonView> listed) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Cleared(List<PersonView> cleared) {}

    /**
     * The levels.
     *
     * @param document of a document that nothing marks
     * @param clearance of everybody
     * @param emergency that an emergency clears for
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record LevelsView(List<String> names, int document, int clearance, int emergency) {
        static LevelsView of(Levels levels) {
            return new LevelsView(levels.names(), levels.document(), levels.clearance(), levels.emergency());
        }

        Levels levels() {
            try {
                return new Levels(names, document, clearance, emergency);
            } catch (IllegalArgumentException e) {
                throw new Refused(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
            }
        }
    }
}
