package org.cartulary.retrieval.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
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
                row.getObject("added_at", OffsetDateTime.class).toInstant());
    }

    static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
        return row.getObject(column, Integer.class);
    }
}
