package org.cartulary.appliance.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Keys for programs: several for each person and service, shown once, kept as hashes, narrowed by scopes, expiring, and
 * revocable from the next request on. Each change is on record. Thread-safe.
 */
public final class ApiKeys {
    /** That count at a time for one principal at most. */
    public static final int MAX_PER_PRINCIPAL = 50;

    public static final Duration LONGEST_LIFE = Duration.ofDays(366);
    public static final Duration USUAL_LIFE = Duration.ofDays(90);

    /** How long a key that was replaced counts still, so that its program can be changed over. */
    public static final Duration OVERLAP = Duration.ofHours(24);

    private static final int MAX_TOKEN_LENGTH = 256;
    private static final int MAX_NAME = 64;
    private static final Duration USED_EVERY = Duration.ofMinutes(1);

    private final Jdbi jdbi;
    private final Clock clock;
    private final AccountLog log;

    public ApiKeys(Jdbi jdbi, Clock clock, EvidenceLog log) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.log = new AccountLog(log);
    }

    /** A key as its owner sees it; its text is known to nobody but its holder. */
    public record ApiKey(
            UUID id,
            Principal principal,
            String name,
            Set<Scope> scopes,
            Limits limits,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant revokedAt) {
        public boolean counts(Instant now) {
            return revokedAt == null && now.isBefore(expiresAt);
        }
    }

    /**
     * A key with its text, which is never shown again.
     *
     * @param text to be sent as {@code Authorization: Bearer}
     */
    public record Issued(ApiKey key, String text) {
        @Override
        public String toString() {
            return "Issued[" + key.id() + "]";
        }
    }

    /** What is wanted of a key. */
    public record Wanted(String name, Set<Scope> scopes, Duration life, Limits limits) {
        public Wanted {
            scopes = Set.copyOf(scopes);
            if (name.isBlank() || name.length() > MAX_NAME) {
                throw new IllegalArgumentException("A key's name has 1 to " + MAX_NAME + " characters.");
            }
            if (scopes.isEmpty()) {
                throw new IllegalArgumentException("A key without a scope opens nothing: name at least one.");
            }
            if (!life.isPositive() || life.compareTo(LONGEST_LIFE) > 0) {
                throw new IllegalArgumentException("A key lives 1 to " + LONGEST_LIFE.toDays() + " days.");
            }
        }
    }

    /** Issues a key; empty where the principal has too many already. */
    public Optional<Issued> issue(Principal by, Principal owner, Wanted wanted) {
        return jdbi.inTransaction(handle -> counting(handle, owner) >= MAX_PER_PRINCIPAL
                ? Optional.empty()
                : Optional.of(insert(handle, by, owner, wanted)));
    }

    /** Issues a key in place of another, which counts for {@link #OVERLAP} still; empty where there is none that counts. */
    public Optional<Issued> rotate(Principal by, UUID id) {
        return jdbi.inTransaction(handle -> {
            Optional<ApiKey> before = find(handle, id).filter(key -> key.counts(clock.instant()));
            if (before.isEmpty()) {
                return Optional.empty();
            }
            ApiKey key = before.get();
            Duration life = Duration.between(key.createdAt(), key.expiresAt());
            handle.createUpdate("UPDATE appliance.api_key SET expires_at = least(expires_at, :until) WHERE id = :id")
                    .bind("until", now().plus(OVERLAP))
                    .bind("id", id)
                    .execute();
            record(handle, by, "key-replaced", key.principal(), id);
            return Optional.of(
                    insert(handle, by, key.principal(), new Wanted(key.name(), key.scopes(), life, key.limits())));
        });
    }

    /** Takes a key back, counting from the next request on; false where there is none that is not revoked. */
    public boolean revoke(Principal by, UUID id) {
        return jdbi.inTransaction(handle -> {
            int revoked = handle.createUpdate(
                            "UPDATE appliance.api_key SET revoked_at = :now WHERE id = :id AND revoked_at IS NULL")
                    .bind("now", now())
                    .bind("id", id)
                    .execute();
            if (revoked == 0) {
                return false;
            }
            record(handle, by, "key-revoked", find(handle, id).orElseThrow().principal(), id);
            return true;
        });
    }

    public Optional<ApiKey> find(UUID id) {
        return jdbi.withHandle(handle -> find(handle, id));
    }

    /** Somebody's keys, newest first, those among them that count no more. */
    public List<ApiKey> of(Principal principal) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT * FROM appliance.api_key WHERE principal = :principal"
                                + " ORDER BY created_at DESC LIMIT 500")
                        .bind("principal", principal.id())
                        .map((row, context) -> key(row))
                        .list());
    }

    /** Who holds this key, and what it is for; empty when it is unknown, expired or revoked. Notes that it was used. */
    public Optional<Holder> holder(String text) {
        if (text.length() > MAX_TOKEN_LENGTH) {
            return Optional.empty();
        }
        return jdbi.withHandle(handle -> {
            Optional<ApiKey> found = counting(handle, text, clock.instant());
            found.ifPresent(key -> used(handle, key));
            return found.map(ApiKeys::holder);
        });
    }

    /** As {@link #holder(String)}, without a note of it; for a home that does not run. */
    public static Optional<Holder> holder(Handle handle, String text, Instant now) {
        return text.length() > MAX_TOKEN_LENGTH
                ? Optional.empty()
                : counting(handle, text, now).map(ApiKeys::holder);
    }

    private static Holder holder(ApiKey key) {
        return new Holder(key.principal(), key.scopes(), "key-" + key.id(), key.limits());
    }

    private static Optional<ApiKey> counting(Handle handle, String text, Instant now) {
        return handle.createQuery("SELECT * FROM appliance.api_key"
                        + " WHERE token_sha256 = :token AND revoked_at IS NULL AND expires_at > :now")
                .bind("token", new Token(text).sha256())
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .map((row, context) -> key(row))
                .findOne();
    }

    private void used(Handle handle, ApiKey key) {
        Instant before = key.lastUsedAt();
        if (before == null || before.plus(USED_EVERY).isBefore(clock.instant())) {
            handle.createUpdate("UPDATE appliance.api_key SET last_used_at = :now WHERE id = :id")
                    .bind("now", now())
                    .bind("id", key.id())
                    .execute();
        }
    }

    private long counting(Handle handle, Principal owner) {
        return handle.createQuery("SELECT count(*) FROM appliance.api_key WHERE principal = :principal"
                        + " AND revoked_at IS NULL AND expires_at > :now")
                .bind("principal", owner.id())
                .bind("now", now())
                .mapTo(Long.class)
                .one();
    }

    private Issued insert(Handle handle, Principal by, Principal owner, Wanted wanted) {
        Token token = Token.random("cartulary_");
        UUID id = UUID.randomUUID();
        handle.createUpdate("""
                        INSERT INTO appliance.api_key (id, name, principal, token_sha256, scopes, created_at, expires_at,
                            requests_per_minute, questions_per_day)
                        VALUES (:id, :name, :principal, :token, :scopes, :now, :expires, :perMinute, :perDay)""")
                .bind("id", id)
                .bind("name", wanted.name().strip())
                .bind("principal", owner.id())
                .bind("token", token.sha256())
                .bindArray(
                        "scopes",
                        String.class,
                        wanted.scopes().stream().map(Scope::wireName).sorted().toList())
                .bind("now", now())
                .bind("expires", now().plus(wanted.life()))
                .bind("perMinute", wanted.limits().requestsPerMinute())
                .bind("perDay", wanted.limits().questionsPerDay())
                .execute();
        record(handle, by, "key-issued", owner, id);
        return new Issued(find(handle, id).orElseThrow(), token.text());
    }

    private void record(Handle handle, Principal by, String change, Principal owner, UUID key) {
        log.append(
                handle,
                EntryType.KEY_CHANGED,
                by,
                Map.of("change", change, "key", key.toString(), "subject", owner.id()));
    }

    private static Optional<ApiKey> find(Handle handle, UUID id) {
        return handle.createQuery("SELECT * FROM appliance.api_key WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> key(row))
                .findOne();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                row.getObject("id", UUID.class),
                new Principal(row.getString("principal")),
                row.getString("name"),
                // A scope that a newer version wrote is unknown here, and gives nothing.
                Arrays.stream((String[]) row.getArray("scopes").getArray())
                        .flatMap(name -> Scope.named(name).stream())
                        .collect(Collectors.toUnmodifiableSet()),
                new Limits(
                        row.getObject("requests_per_minute", Integer.class),
                        row.getObject("questions_per_day", Integer.class)),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                instant(row.getTimestamp("last_used_at")),
                instant(row.getTimestamp("revoked_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
