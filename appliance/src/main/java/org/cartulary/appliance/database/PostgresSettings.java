package org.cartulary.appliance.database;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What the embedded server runs with; an operator's own server keeps its own settings. */
final class PostgresSettings {
    /** Parallel builds of HNSW are faulty before pgvector 0.8.3. */
    private static final Pattern FAULTY_PARALLEL_BUILDS =
            Pattern.compile("default_version\\s*=\\s*'0\\.([0-7]\\.|8\\.[0-2]')");

    private PostgresSettings() {}

    /**
     * Settings for one start.
     *
     * @param binaries with pgvector's control file, whose version decides whether indexes may be built in parallel
     */
    static Map<String, String> embedded(int port, Path binaries) throws IOException {
        Map<String, String> settings = new TreeMap<>();
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("port", Integer.toString(port));
        settings.put("unix_socket_directories", "");
        settings.put("max_connections", "64");
        settings.put("shared_buffers", sharedBuffersMegabytes(memoryBytes()) + "MB");
        // Compiling a query takes longer than any query here runs.
        settings.put("jit", "off");
        // One HNSW build of a large generation; above this pgvector builds on disk, many times slower.
        settings.put("maintenance_work_mem", "512MB");
        settings.put("max_wal_size", "2GB");
        settings.put("password_encryption", "scram-sha-256");
        settings.put("log_min_messages", "warning");
        settings.put("log_line_prefix", "%m [%p] ");
        settings.put("cluster_name", "cartulary");
        String control = Files.readString(binaries.resolve("share/postgresql/extension/vector.control"));
        if (FAULTY_PARALLEL_BUILDS.matcher(control).find()) {
            settings.put("max_parallel_maintenance_workers", "0");
        }
        return settings;
    }

    /**
     * An eighth of the memory that this process may use: the graph of a large generation is walked all over, and each page
     * that is not held here is copied once more. Models need the rest.
     */
    static long sharedBuffersMegabytes(long memoryBytes) {
        return Math.clamp((memoryBytes >> 20) / 8, 256, 4_096);
    }

    private static long memoryBytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }
}
