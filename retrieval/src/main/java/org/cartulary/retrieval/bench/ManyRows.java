package org.cartulary.retrieval.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Rows gathered in memory and sent at once, a column as an array. Used by one thread. */
final class ManyRows {
    private final String sql;
    private final List<Column> columns;

    private record Column(String name, String type, List<Object> values) {}

    /**
     * No rows yet.
     *
     * @param columns each its name and its type, such as {@code number bigint}
     */
    ManyRows(String table, String... columns) {
        this.columns = new ArrayList<>();
        for (String column : columns) {
            int space = column.indexOf(' ');
            this.columns.add(new Column(column.substring(0, space), column.substring(space + 1), new ArrayList<>()));
        }
        this.sql = "INSERT INTO " + table + " ("
                + this.columns.stream().map(Column::name).collect(Collectors.joining(", "))
                + ") OVERRIDING SYSTEM VALUE SELECT * FROM unnest("
                + this.columns.stream()
                        .map(column -> "CAST(? AS " + column.type() + "[])")
                        .collect(Collectors.joining(", "))
                + ")";
    }

    /** One value for each column, in order; each goes as text, which the server reads as the column's type. */
    void add(Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(values.length + " values for " + columns.size() + " columns: " + sql);
        }
        for (int i = 0; i < values.length; i++) {
            columns.get(i).values().add(values[i]);
        }
    }

    /** Sends what was gathered and begins anew. */
    void send(Handle handle) {
        Connection connection = handle.getConnection();
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns.size(); i++) {
                Column column = columns.get(i);
                Object[] texts = column.values().stream().map(String::valueOf).toArray();
                insert.setArray(i + 1, connection.createArrayOf("text", texts));
                column.values().clear();
            }
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("Rows could not be sent: " + sql, e);
        }
    }
}
