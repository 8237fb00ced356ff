package org.cartulary.appliance.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one database: pool, schemas, and the embedded server where the operator has none of their own. Thread-safe.
 */
public final class Database implements AutoCloseable {
    /** Schemas in the order in which they are made; each has a Flyway history of its own under {@code db/<schema>}. */
    private static final List<String> SCHEMAS = List.of("compliance", "retrieval", "ingest", "appliance");

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    private final @Nullable EmbeddedPostgres embedded;
    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private Database(@Nullable EmbeddedPostgres embedded, HikariDataSource pool) {
        this.embedded = embedded;
        this.pool = pool;
        this.jdbi = Jdbi.create(pool).installPlugin(new PostgresPlugin());
    }

    /**
     * Connects, starting the embedded server where no URL is set, and brings every schema to its newest version.
     *
     * @param binaries the embedded server's files
     * @param directory the embedded server's data
     * @throws DatabaseUnavailable when it cannot be reached or is too old; the message says what to do
     */
    public static Database open(DatabaseSettings settings, Path binaries, Path directory) {
        EmbeddedPostgres embedded = settings.url() == null ? EmbeddedPostgres.start(binaries, directory) : null;
        Database database = new Database(embedded, new HikariDataSource(poolOf(settings, embedded)));
        try {
            database.awaitConnection();
            ServerVersions.require(database.jdbi);
            database.migrate();
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    /** Whether a connection can be had now. */
    public boolean isUp() {
        try (Connection connection = pool.getConnection()) {
            return connection.isValid(2);
        } catch (SQLException e) {
            LOG.debug("No connection", e);
            return false;
        }
    }

    /** The embedded server's process, if there is one. */
    public @Nullable Long embeddedPid() {
        return embedded == null ? null : embedded.pid();
    }

    private static HikariConfig poolOf(DatabaseSettings settings, @Nullable EmbeddedPostgres embedded) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("cartulary");
        config.setMaximumPoolSize(settings.poolSize());
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(10_000);
        config.setJdbcUrl(embedded == null ? settings.url() : embedded.jdbcUrl());
        config.setUsername(embedded == null ? settings.username() : EmbeddedPostgres.USER);
        config.setPassword(embedded == null ? settings.password() : embedded.password());
        config.addDataSourceProperty("ApplicationName", "cartulary");
        return config;
    }

    private void awaitConnection() {
        Instant deadline = Instant.now().plus(START_PATIENCE);
        SQLException last = null;
        while (Instant.now().isBefore(deadline) && !isHopeless(last)) {
            try (Connection connection = pool.getConnection()) {
                if (connection.isValid(5)) {
                    return;
                }
            } catch (SQLException e) {
                last = e;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        String log = embedded == null ? "" : " Its log is " + embedded.log() + ".";
        throw new DatabaseUnavailable(
                "PostgreSQL at " + pool.getJdbcUrl() + " cannot be used (" + reason(last)
                        + "): check that it runs, and cartulary.database.url, .username and .password." + log,
                last == null ? new SQLException("no connection") : last);
    }

    /** Waiting helps against a server that still starts, not against a wrong password or a database that is not there. */
    private static boolean isHopeless(@Nullable SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String state = cause instanceof SQLException sql ? sql.getSQLState() : null;
            if (state != null && (state.startsWith("28") || state.startsWith("3D"))) {
                return true;
            }
        }
        return false;
    }

    /** The server's own words, which lie below the pool's. */
    private static String reason(@Nullable Throwable failure) {
        Throwable deepest = failure;
        while (deepest != null && deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest == null ? "no connection" : String.valueOf(deepest.getMessage());
    }

    private void migrate() {
        for (String schema : SCHEMAS) {
            Flyway.configure()
                    .dataSource(pool)
                    .schemas(schema)
                    .defaultSchema(schema)
                    .createSchemas(true)
                    .locations("classpath:db/" + schema)
                    .failOnMissingLocations(true)
                    .load()
                    .migrate();
        }
    }

    @Override
    public void close() {
        pool.close();
        if (embedded != null) {
            embedded.close();
        }
    }
}
