package org.cartulary.appliance.accounts;

import java.util.Optional;
import java.util.UUID;
import org.cartulary.compliance.identity.Principal;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** API tokens: issued once, kept as hashes, revocable. Thread-safe. */
public final class Credentials {
    private static final int MAX_TOKEN_LENGTH = 256;

    private final Jdbi jdbi;

    public Credentials(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Issues the administrator's first token.
     *
     * @return its text, which is never shown again; empty when a token has been issued before
     */
    public Optional<String> issueFirst() {
        return jdbi.inTransaction(handle -> {
            handle.execute("LOCK TABLE appliance.credential IN EXCLUSIVE MODE");
            boolean issued = handle.createQuery("SELECT EXISTS (SELECT 1 FROM appliance.credential)")
                    .mapTo(Boolean.class)
                    .one();
            return issued ? Optional.empty() : Optional.of(insert(handle, "first start", Principal.ADMINISTRATOR));
        });
    }

    /** Issues one more token for the administrator, for whoever lost the first. */
    public String issue(String name) {
        return jdbi.inTransaction(handle -> insert(handle, name, Principal.ADMINISTRATOR));
    }

    /** Who holds this token; empty when it is unknown or revoked. */
    public Optional<Principal> holder(String token) {
        if (token.length() > MAX_TOKEN_LENGTH) {
            return Optional.empty();
        }
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT principal FROM appliance.credential WHERE token_sha256 = ? AND revoked_at IS NULL")
                .bind(0, new Token(token).sha256())
                .mapTo(String.class)
                .findOne()
                .map(Principal::new));
    }

    private static String insert(Handle handle, String name, Principal principal) {
        Token token = Token.random("cartulary_");
        handle.createUpdate("INSERT INTO appliance.credential (id, name, principal, token_sha256) VALUES (?, ?, ?, ?)")
                .bind(0, UUID.randomUUID())
                .bind(1, name)
                .bind(2, principal.id())
                .bind(3, token.sha256())
                .execute();
        return token.text();
    }
}
