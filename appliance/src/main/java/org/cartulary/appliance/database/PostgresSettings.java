package org.cartulary.appliance.database;

import java.util.Map;
import java.util.TreeMap;

/** What the embedded server runs with; an operator's own server keeps its own settings. */
final class PostgresSettings {
    private PostgresSettings() {}

    static Map<String, String> embedded(int port) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("port", Integer.toString(port));
        settings.put("unix_socket_directories", "");
        settings.put("max_connections", "64");
        settings.put("shared_buffers", "256MB");
        // One HNSW build of a large generation; above this pgvector builds on disk, many times slower.
        settings.put("maintenance_work_mem", "512MB");
        settings.put("max_wal_size", "2GB");
        settings.put("password_encryption", "scram-sha-256");
        settings.put("log_min_messages", "warning");
        settings.put("log_line_prefix", "%m [%p] ");
        settings.put("cluster_name", "cartulary");
        return settings;
    }
}
