package org.cartulary.appliance.api;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.security.authentication.Authentication;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identities;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.policy.PolicyChange;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Makes changes of policy for controllers, and says what became of them as HTTP has it. */
@Singleton
public final class PolicyChanges {
    private final Jdbi jdbi;

    PolicyChanges(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Makes a change in a transaction of its own, in the caller's name.
     *
     * @return 204, whether it was made or was so before
     * @throws Refused as a conflict, with the code of the refusal
     */
    public HttpResponse<?> make(Authentication caller, BiFunction<Handle, Principal, PolicyChange> change) {
        Principal by = Caller.of(caller).principal();
        require(jdbi.inTransaction(handle -> change.apply(handle, by)));
        return HttpResponse.noContent();
    }

    /** Runs a reading in a transaction, so that it sees one version of the policy. */
    public <T> T read(Function<Handle, T> reading) {
        return jdbi.inTransaction(reading::apply);
    }

    /** Goes on only where a change was made or was so before. */
    static void require(PolicyChange change) {
        if (change instanceof PolicyChange.Refused refused) {
            throw new Refused(HttpStatus.CONFLICT, refused.message(), null, refused.code());
        }
    }

    /** Whoever has this id. */
    Identity identity(String id) {
        return read(handle ->
                        Principal.isId(id) ? Identities.find(handle, new Principal(id)) : Optional.<Identity>empty())
                .orElseThrow(() -> Refused.notFound("\"" + id + "\""));
    }
}
