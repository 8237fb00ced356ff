package org.cartulary.compliance.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests real databases, either by {@link #database} or as a parameter of type {@link Jdbi} or
 * {@link TestDatabase} in a test class that bears {@link Schemas}. The first use in a JVM starts the server, which dies
 * with that JVM. Thread-safe.
 */
public final class PostgresExtension implements ParameterResolver {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Map<List<String>, String> TEMPLATES = new HashMap<>();
    private static final Map<String, HikariDataSource> POOLS = new ConcurrentHashMap<>();
    private static final int POOL_SIZE = 16;
    private static final long LEAVING_NANOS = 5_000_000;

    /** Each test has a database of its own, and the pools of all of them share one server: what is idle is given back soon. */
    private static final long IDLE_MILLIS = 10_000;

    static {
        System.setProperty("com.zaxxer.hikari.housekeeping.periodMs", "2000");
    }

    /**
     * Makes a fresh database with the extension {@code vector} and the schemas of the named modules.
     *
     * @param modules such as {@code compliance}; each needs scripts at {@code db/<module>} on the classpath
     */
    public static Jdbi database(String... modules) {
        return open(modules).jdbi();
    }

    /** As {@link #database}, with what a second client needs to connect to the same database. */
    public static TestDatabase open(String... modules) {
        TestServer server = TestServer.running();
        String name = "test_" + DATABASES.incrementAndGet();
        synchronized (TEMPLATES) {
            String template = TEMPLATES.computeIfAbsent(List.of(modules), names -> template(server, names));
            execute(server, server.url("postgres"), "CREATE DATABASE " + name + " TEMPLATE " + template);
        }
        return connected(server, name);
    }

    private static TestDatabase connected(TestServer server, String name) {
        String url = server.url(name);
        HikariDataSource pool = pool(server, url, name);
        POOLS.put(name, pool);
        Jdbi jdbi = Jdbi.create(pool).installPlugin(new PostgresPlugin());
        return new TestDatabase(jdbi, url, TestServer.USER, server.password());
    }

    /** A database as another is now, in which nobody may be in a transaction; its pool makes new connections afterwards. */
    public static TestDatabase copy(TestDatabase original) {
        TestServer server = TestServer.running();
        String from = original.url().substring(original.url().lastIndexOf('/') + 1);
        String name = "test_" + DATABASES.incrementAndGet();
        HikariPoolMXBean pool = Objects.requireNonNull(POOLS.get(from), from).getHikariPoolMXBean();
        String admin = server.url("postgres");
        pool.suspendPool();
        try {
            // Whoever was given a connection before may use it once more.
            while (pool.getTotalConnections() > 0 || pool.getThreadsAwaitingConnection() > 0) {
                pool.softEvictConnections();
                LockSupport.parkNanos(LEAVING_NANOS);
            }
            // One may still be being made for somebody who got another meanwhile.
            execute(server, admin, "ALTER DATABASE " + from + " ALLOW_CONNECTIONS false");
            execute(
                    server,
                    admin,
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '" + from + "'");
            execute(server, admin, "CREATE DATABASE " + name + " TEMPLATE " + from);
            execute(server, admin, "ALTER DATABASE " + from + " ALLOW_CONNECTIONS true");
            pool.softEvictConnections();
        } finally {
            pool.resumePool();
        }
        return connected(server, name);
    }

    /** Migrated once for each list of modules and copied from then on: copying is many times faster. */
    private static String template(TestServer server, List<String> modules) {
        String name = "template_" + DATABASES.incrementAndGet();
        execute(server, server.url("postgres"), "CREATE DATABASE " + name);
        execute(server, server.url(name), "CREATE EXTENSION vector");
        try (HikariDataSource pool = pool(server, server.url(name), name)) {
            modules.forEach(module -> migrate(pool, module));
        }
        return name;
    }

    private static void migrate(HikariDataSource pool, String module) {
        int applied = Flyway.configure()
                .dataSource(pool)
                .schemas(module)
                .createSchemas(true)
                .table("flyway_history")
                .locations("classpath:db/" + module)
                .failOnMissingLocations(true)
                .load()
                .migrate()
                .migrationsExecuted;
        if (applied == 0) {
            throw new IllegalStateException(
                    "No migration found at db/" + module + " on the test classpath: add the module's scripts to it");
        }
    }

    private static HikariDataSource pool(TestServer server, String url, String name) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(TestServer.USER);
        config.setPassword(server.password());
        config.setPoolName(name);
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE_MILLIS);
        config.setMaximumPoolSize(POOL_SIZE);
        config.setAllowPoolSuspension(true);
        return new HikariDataSource(config);
    }

    private static void execute(TestServer server, String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url, TestServer.USER, server.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("The test server refused: " + sql, e);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return List.of(Jdbi.class, TestDatabase.class)
                .contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> testClass = context.getRequiredTestClass();
        TestDatabase database = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(PostgresExtension.class))
                .getOrComputeIfAbsent(testClass, PostgresExtension::open, TestDatabase.class);
        return parameter.getParameter().getType() == Jdbi.class ? database.jdbi() : database;
    }

    private static TestDatabase open(Class<?> testClass) {
        Schemas schemas = testClass.getAnnotation(Schemas.class);
        if (schemas == null) {
            throw new IllegalStateException(
                    testClass.getName() + " needs @Schemas to name the modules of its database");
        }
        return open(schemas.value());
    }
}
