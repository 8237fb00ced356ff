package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.accounts.SecondFactorRoles;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.policy.Policy;

/** Which roles do not count for a person without a second factor. */
@Controller("/api/second-factor")
@ExecuteOn(TaskExecutors.BLOCKING)
final class SecondFactorController {
    private final PolicyChanges policy;
    private final SecondFactorRoles wanted;

    SecondFactorController(PolicyChanges policy, SecondFactorRoles wanted) {
        this.policy = policy;
        this.wanted = wanted;
    }

    /** The roles that want one. */
    @CalledBy(
            value = {Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER},
            scopes = {Scope.ADMINISTER, Scope.AUDIT})
    @Get
    RoleList roles() {
        return policy.read(handle -> new RoleList(SecondFactorRoles.of(handle, Policy.version(handle)).stream()
                .map(Role::wireName)
                .sorted()
                .toList()));
    }

    /** Sets them, counting from the next request on; administrator and compliance-officer are always among them. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Put
    HttpResponse<?> set(@Body RoleList list, Authentication caller) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        list.roles().forEach(name -> roles.add(PeopleController.role(name)));
        return policy.make(caller, (handle, by) -> wanted.set(handle, by, roles));
    }

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record RoleList(List<String> roles) {}
}
