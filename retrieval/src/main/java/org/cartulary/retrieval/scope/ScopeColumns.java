package org.cartulary.retrieval.scope;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the columns of {@code retrieval.documents} say of a document's scope. */
public final class ScopeColumns {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ScopeColumns() {}

    public static Validity validity(ResultSet row) throws SQLException {
        return new Validity(
                row.getBoolean("draft"),
                row.getObject("effective_on", LocalDate.class),
                row.getObject("review_on", LocalDate.class),
                row.getObject("expires_on", LocalDate.class),
                row.getObject("superseded_on", LocalDate.class));
    }

    /** The day that it is told by: when it became effective, else when it was added. */
    public static LocalDate dated(ResultSet row) throws SQLException {
        LocalDate effective = row.getObject("effective_on", LocalDate.class);
        return effective == null
                ? row.getObject("added_at", OffsetDateTime.class)
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toLocalDate()
                : effective;
    }

    public static SortedMap<String, String> fields(ResultSet row) throws SQLException {
        String json = row.getString("fields");
        try {
            return json.equals("{}")
                    ? new TreeMap<>()
                    : JSON.readValue(json, new TypeReference<TreeMap<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw new SQLException("The fields of a document are no JSON object of texts: " + json, e);
        }
    }

    /** As PostgreSQL takes them. */
    public static String json(SortedMap<String, String> fields) {
        try {
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts can always be written as JSON", e);
        }
    }
}
