package org.cartulary.ingest;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.cartulary.compliance.identity.Principal;
import org.jspecify.annotations.Nullable;

/** Reads rows of {@code ingest.jobs}. */
final class JobRows {
    private JobRows() {}

    static Job job(ResultSet row) throws SQLException {
        JobState state = JobState.ofWireName(row.getString("state"));
        boolean hasDocument = state == JobState.READY || state == JobState.DUPLICATE || state == JobState.FAILED;
        return new Job(
                row.getObject("id", UUID.class),
                row.getObject("collection", UUID.class),
                row.getString("path"),
                state,
                row.getString("reason"),
                integer(row, "pages"),
                integer(row, "passages"),
                hasDocument ? row.getObject("document", UUID.class) : null,
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    static QueuedFile queued(ResultSet row) throws SQLException {
        return new QueuedFile(
                row.getObject("id", UUID.class),
                row.getObject("collection", UUID.class),
                row.getString("path"),
                row.getObject("document", UUID.class),
                row.getBytes("sha256"),
                row.getLong("bytes"),
                new Principal(row.getString("actor")),
                row.getInt("attempts"));
    }

    private static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }
}
