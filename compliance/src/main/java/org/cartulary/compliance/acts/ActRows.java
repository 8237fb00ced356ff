package org.cartulary.compliance.acts;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.compliance.canonical.CanonicalJson;
import org.cartulary.compliance.identity.Principal;
import org.jdbi.v3.core.Handle;

/** Requests as rows. */
final class ActRows {
    private static final int MAX_LISTED = 500;

    private ActRows() {}

    static void insert(Handle handle, ActRequest request) {
        handle.createUpdate("""
                        INSERT INTO compliance.act (id, number, kind, parameters, reason, requested_by, requested_at,
                            expires_at, state)
                        VALUES (:id, :number, :kind, CAST(:parameters AS jsonb), :reason, :by, :now, :expires,
                            'requested')""")
                .bind("id", request.id())
                .bind("number", request.number())
                .bind("kind", request.kind())
                .bind("parameters", CanonicalJson.text(request.parameters()))
                .bind("reason", request.reason())
                .bind("by", request.requestedBy().id())
                .bind("now", request.requestedAt().atOffset(ZoneOffset.UTC))
                .bind("expires", request.expiresAt().atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** One that waits, held until the transaction ends, so that it is decided once. */
    static Optional<ActRequest> waiting(Handle handle, UUID id) {
        return handle.createQuery("SELECT * FROM compliance.act WHERE id = :id AND state = 'requested' FOR UPDATE")
                .bind("id", id)
                .map((row, context) -> request(row))
                .findOne();
    }

    static Optional<ActRequest> find(Handle handle, UUID id) {
        return handle.createQuery("SELECT * FROM compliance.act WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> request(row))
                .findOne();
    }

    /** Those that waited too long and that nobody else is deciding. */
    static List<ActRequest> expired(Handle handle, Instant now) {
        return handle.createQuery("SELECT * FROM compliance.act WHERE state = 'requested' AND expires_at <= :now"
                        + " ORDER BY id FOR UPDATE SKIP LOCKED")
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .map((row, context) -> request(row))
                .list();
    }

    static void decide(Handle handle, UUID id, ActRequest.State state, Principal by, Instant now) {
        handle.createUpdate("UPDATE compliance.act SET state = :state, decided_by = :by, decided_at = :now"
                        + " WHERE id = :id AND state = 'requested'")
                .bind("id", id)
                .bind("state", state.wireName())
                .bind("by", by.id())
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute();
    }

    static List<ActRequest> list(Handle handle, boolean waiting, int limit) {
        return handle.createQuery("SELECT * FROM compliance.act WHERE state = 'requested' OR NOT :waiting"
                        + " ORDER BY requested_at DESC, id LIMIT :limit")
                .bind("waiting", waiting)
                .bind("limit", Math.clamp(limit, 1, MAX_LISTED))
                .map((row, context) -> request(row))
                .list();
    }

    private static ActRequest request(ResultSet row) throws SQLException {
        Timestamp decided = row.getTimestamp("decided_at");
        JsonNode parameters = CanonicalJson.parse(row.getString("parameters").getBytes(StandardCharsets.UTF_8));
        return new ActRequest(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                row.getString("kind"),
                parameters,
                row.getString("reason"),
                new Principal(row.getString("requested_by")),
                row.getTimestamp("requested_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                ActRequest.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                decided == null
                        ? Optional.empty()
                        : Optional.of(new ActRequest.Decision(
                                new Principal(row.getString("decided_by")), decided.toInstant())));
    }
}
