package org.cartulary.retrieval.bench;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.Collection;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Bare pgvector on the product's own table, as its documentation says: a prepared statement in plain JDBC on a connection of
 * its own, HNSW with {@code ef_search} at what is wanted, an iterative scan where a filter stands beside it. The planner is
 * free to take the index on the marking instead. Used by one thread.
 */
final class RawVectors implements AutoCloseable {
    private final Handle handle;
    private final PreparedStatement statement;
    private final boolean filtered;

    private RawVectors(Handle handle, PreparedStatement statement, boolean filtered) {
        this.handle = handle;
        this.statement = statement;
        this.filtered = filtered;
    }

    /**
     * A client.
     *
     * @param markings that count; all do where there are none
     * @param limit also {@code ef_search}
     */
    static RawVectors open(Jdbi jdbi, String table, Collection<Long> markings, int limit) {
        Handle handle = jdbi.open();
        try {
            boolean filtered = !markings.isEmpty();
            handle.execute("SET hnsw.ef_search = " + limit);
            handle.execute("SET hnsw.iterative_scan = " + (filtered ? "relaxed_order" : "off"));
            Connection connection = handle.getConnection();
            PreparedStatement statement =
                    connection.prepareStatement("SELECT passage, embedding <#> ? AS distance FROM " + table
                            + (filtered ? " WHERE marking = ANY(?)" : "") + " ORDER BY distance LIMIT " + limit);
            if (filtered) {
                Array some = connection.createArrayOf("bigint", markings.toArray());
                statement.setArray(2, some);
            }
            return new RawVectors(handle, statement, filtered);
        } catch (SQLException e) {
            handle.close();
            throw new IllegalStateException("A bare query of " + table + " cannot be prepared", e);
        }
    }

    /** Ids of the passages found, in the order in which they came. */
    long[] search(float[] query) {
        try {
            statement.setObject(1, Arrays.toString(query), Types.OTHER);
            long[] passages = new long[1_000];
            int found = 0;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    passages[found++] = rows.getLong(1);
                }
            }
            return Arrays.copyOf(passages, found);
        } catch (SQLException e) {
            throw new IllegalStateException("A bare query failed" + (filtered ? " under a filter" : ""), e);
        }
    }

    @Override
    public void close() {
        try (handle;
                statement) {
            handle.execute("RESET hnsw.ef_search");
            handle.execute("RESET hnsw.iterative_scan");
        } catch (SQLException e) {
            throw new IllegalStateException("A bare query could not be closed", e);
        }
    }
}
