package org.cartulary.appliance.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.cartulary.compliance.identity.Principal;

/**
 * Whoever shows a token or a session, and what that is for.
 *
 * @param credential tells this token or session from all others, and gives no way back to its secret
 */
public record Holder(Principal principal, Set<Scope> scopes, String credential) {
    public Holder {
        scopes = Set.copyOf(scopes);
    }

    static Holder of(ResultSet row) throws SQLException {
        return new Holder(new Principal(row.getString("principal")), scopes(row), row.getString("credential"));
    }

    /** A scope that a newer version wrote is unknown here, and gives nothing. */
    static Set<Scope> scopes(ResultSet row) throws SQLException {
        return Arrays.stream((String[]) row.getArray("scopes").getArray())
                .flatMap(name -> Scope.named(name).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Scopes as the database takes them, for {@code string_to_array(…, ',')}. */
    static String joined(Set<Scope> scopes) {
        return scopes.stream().map(Scope::wireName).sorted().collect(Collectors.joining(","));
    }
}
