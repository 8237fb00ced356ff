package org.cartulary.appliance.database;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses servers that are too old, and makes sure of pgvector. */
final class ServerVersions {
    private static final Logger LOG = LoggerFactory.getLogger(ServerVersions.class);
    private static final int MIN_SERVER = 15;

    private ServerVersions() {}

    static void require(Jdbi jdbi) {
        int server = jdbi.withHandle(handle -> handle.createQuery("SELECT current_setting('server_version_num')::int")
                        .mapTo(Integer.class)
                        .one())
                / 10_000;
        if (server < MIN_SERVER) {
            throw new DatabaseUnavailable(
                    "PostgreSQL " + server + " is too old: version " + MIN_SERVER + " or newer is needed.");
        }
        String vector = vectorVersion(jdbi);
        if (isBelow(vector, 0, 7, 0)) {
            throw new DatabaseUnavailable("pgvector " + vector + " is too old: version 0.7 or newer is needed.");
        }
        if (isBelow(vector, 0, 8, 3)) {
            LOG.warn(
                    "pgvector {} has known faults (overflow in parallel HNSW builds, index corruption on vacuum): install"
                            + " 0.8.3 or newer",
                    vector);
        }
    }

    private static String vectorVersion(Jdbi jdbi) {
        try {
            jdbi.useHandle(handle -> handle.execute("CREATE EXTENSION IF NOT EXISTS vector"));
        } catch (JdbiException e) {
            throw new DatabaseUnavailable(
                    "The extension pgvector cannot be created: have the database's administrator install it and run CREATE"
                            + " EXTENSION vector.",
                    e);
        }
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT extversion FROM pg_extension WHERE extname = 'vector'")
                        .mapTo(String.class)
                        .one());
    }

    static boolean isBelow(String version, int... floor) {
        String[] parts = version.split("\\.", -1);
        for (int i = 0; i < floor.length; i++) {
            int part = i < parts.length ? Integer.parseInt(parts[i].replaceAll("\\D.*", "")) : 0;
            if (part != floor[i]) {
                return part < floor[i];
            }
        }
        return false;
    }
}
