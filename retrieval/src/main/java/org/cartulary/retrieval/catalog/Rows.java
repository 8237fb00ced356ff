package org.cartulary.retrieval.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.TreeSet;
import java.util.UUID;
import org.cartulary.retrieval.scope.ScopeColumns;
import org.jspecify.annotations.Nullable;

/** Rows of the catalog as values. */
final class Rows {
    private Rows() {}

    static Collection collection(ResultSet row) throws SQLException {
        return new Collection(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    static Document document(ResultSet row) throws SQLException {
        return new Document(
                row.getObject("id", UUID.class),
                row.getObject("collection", UUID.class),
                row.getString("path"),
                row.getString("title"),
                row.getString("media_type"),
                HexFormat.of().formatHex(row.getBytes("sha256")),
                row.getLong("bytes"),
                integer(row, "pages"),
                row.getString("language"),
                DocumentState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("reason"),
                row.getInt("passages"),
                row.getObject("added_at", OffsetDateTime.class).toInstant(),
                details(row),
                ScopeColumns.validity(row));
    }

    static Details details(ResultSet row) throws SQLException {
        return new Details(
                row.getString("owner"),
                row.getString("site"),
                row.getBoolean("draft"),
                row.getObject("effective_on", LocalDate.class),
                row.getObject("review_on", LocalDate.class),
                row.getObject("expires_on", LocalDate.class),
                row.getObject("withdrawn_on", LocalDate.class),
                new TreeSet<>(
                        Arrays.asList((String[]) row.getArray("supersedes").getArray())),
                ScopeColumns.fields(row));
    }

    static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
        return row.getObject(column, Integer.class);
    }
}
