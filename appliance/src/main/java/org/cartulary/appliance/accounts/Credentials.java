package org.cartulary.appliance.accounts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** API tokens: issued once, kept as hashes, revocable; each change is an entry of the log. Thread-safe. */
public final class Credentials {
    private static final int MAX_TOKEN_LENGTH = 256;

    private final Jdbi jdbi;
    private final EvidenceLog log;

    public Credentials(Jdbi jdbi, EvidenceLog log) {
        this.jdbi = jdbi;
        this.log = log;
    }

    /** A token as its administrator sees it; its text is known to nobody but its holder. */
    public record Issued(
            UUID id,
            String name,
            Set<Scope> scopes,
            Instant createdAt,
            @Nullable Instant revokedAt) {}

    /**
     * Issues the administrator's first token, for everything.
     *
     * @return its text, which is never shown again; empty when a token has been issued before
     */
    public Optional<String> issueFirst() {
        return jdbi.inTransaction(handle -> {
            handle.execute("LOCK TABLE appliance.credential IN EXCLUSIVE MODE");
            boolean issued = handle.createQuery("SELECT EXISTS (SELECT 1 FROM appliance.credential)")
                    .mapTo(Boolean.class)
                    .one();
            return issued ? Optional.empty() : Optional.of(insert(handle, "first start", Scope.all()));
        });
    }

    /**
     * Issues one more token of the administrator's, for whoever lost the first or for a program.
     *
     * @param scopes what it is for, at least one
     */
    public String issue(String name, Set<Scope> scopes) {
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("A token without a scope opens nothing");
        }
        return jdbi.inTransaction(handle -> insert(handle, name, scopes));
    }

    /** Every token that was ever issued, newest first. */
    public List<Issued> list() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT id, name, scopes, created_at, revoked_at FROM appliance.credential"
                                + " ORDER BY created_at DESC")
                .map((row, context) -> new Issued(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        Holder.scopes(row),
                        row.getTimestamp("created_at").toInstant(),
                        row.getTimestamp("revoked_at") == null
                                ? null
                                : row.getTimestamp("revoked_at").toInstant()))
                .list());
    }

    /**
     * Takes a token back, counting from the next request on, and ends every browser's session, since a session does not
     * remember by which token it was opened.
     *
     * @return false where there is no such token, or it was revoked before
     */
    public boolean revoke(UUID id) {
        return jdbi.inTransaction(handle -> {
            int revoked = handle.createUpdate(
                            "UPDATE appliance.credential SET revoked_at = now() WHERE id = ? AND revoked_at IS NULL")
                    .bind(0, id)
                    .execute();
            if (revoked == 0) {
                return false;
            }
            handle.execute("DELETE FROM appliance.session");
            record(handle, Map.of("change", "token-revoked", "token", id.toString()));
            return true;
        });
    }

    /** Who holds this token, and what it is for; empty when it is unknown or revoked. */
    public Optional<Holder> holder(String token) {
        if (token.length() > MAX_TOKEN_LENGTH) {
            return Optional.empty();
        }
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT principal, scopes, 'token-' || id AS credential FROM appliance.credential"
                                + " WHERE token_sha256 = ? AND revoked_at IS NULL")
                .bind(0, new Token(token).sha256())
                .map((row, context) -> Holder.of(row))
                .findOne());
    }

    private String insert(Handle handle, String name, Set<Scope> scopes) {
        Token token = Token.random("cartulary_");
        UUID id = UUID.randomUUID();
        handle.createUpdate("INSERT INTO appliance.credential (id, name, principal, token_sha256, scopes)"
                        + " VALUES (?, ?, ?, ?, string_to_array(?, ','))")
                .bind(0, id)
                .bind(1, name)
                .bind(2, Principal.ADMINISTRATOR.id())
                .bind(3, token.sha256())
                .bind(4, Holder.joined(scopes))
                .execute();
        record(handle, Map.of("change", "token-issued", "token", id.toString(), "scopes", Holder.joined(scopes)));
        return token.text();
    }

    private void record(Handle handle, Map<String, Object> change) {
        log.append(
                handle,
                new EntryDraft(
                        EntryType.KEY_CHANGED,
                        log.nextNumber(handle),
                        Principal.CONSOLE,
                        new TreeMap<>(),
                        new TreeMap<>(change)));
    }
}
