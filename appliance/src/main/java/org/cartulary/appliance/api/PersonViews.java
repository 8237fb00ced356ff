package org.cartulary.appliance.api;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.util.List;
import org.cartulary.appliance.access.Refused;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identities;
import org.cartulary.compliance.people.Identity;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Persons, services and groups as administrators see them, by page and by name. */
@Singleton
final class PersonViews {
    private final PolicyChanges policy;

    PersonViews(PolicyChanges policy) {
        this.policy = policy;
    }

    /** These as administrators see them. */
    static List<PersonView> of(Handle handle, List<Principal> principals) {
        return principals.stream()
                .flatMap(principal -> Identities.find(handle, principal).stream())
                .map(identity -> PersonView.of(handle, identity))
                .toList();
    }

    /** Some persons, services or groups, by name. */
    Page list(Identity.Kind kind, String after, int limit) {
        int rows = Math.clamp(limit, 1, Identities.MAX_LISTED);
        return policy.read(handle -> {
            List<Identity> found = Identities.list(handle, kind, after, rows);
            return new Page(
                    found.stream()
                            .map(identity -> PersonView.of(handle, identity))
                            .toList(),
                    found.size() == rows ? found.getLast().id().id() : null);
        });
    }

    /**
     * Some of those of a kind.
     *
     * @param next to be given as {@code after}; null where there is no more
     */
    record Page(List<PersonView> people, @Nullable String next) {}

    /** Whoever has a name that this house gave. */
    PersonView named(String name, boolean group) {
        return policy.read(handle -> Identities.named(handle, normalised(name), group)
                .map(identity -> PersonView.of(handle, identity))
                .orElseThrow(() -> Refused.notFound((group ? "The group " : "") + "\"" + name + "\"")));
    }

    private static String normalised(String name) {
        try {
            return Identity.normalised(name);
        } catch (IllegalArgumentException e) {
            throw new Refused(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()), "name", "name");
        }
    }
}
