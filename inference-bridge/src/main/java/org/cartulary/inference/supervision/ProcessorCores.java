package org.cartulary.inference.supervision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Physical cores that this process may use: threads that share a core slow each other down. */
final class ProcessorCores {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessorCores.class);
    private static final Path PROCESSORS = Path.of("/sys/devices/system/cpu");

    private ProcessorCores() {}

    /** At least 1, at most what the container or affinity allows. */
    static int count() {
        int allowed = Runtime.getRuntime().availableProcessors();
        try (Stream<Path> entries = Files.list(PROCESSORS)) {
            Set<String> cores = entries.map(entry -> entry.resolve("topology/thread_siblings_list"))
                    .filter(Files::isReadable)
                    .map(ProcessorCores::text)
                    .collect(Collectors.toSet());
            return cores.isEmpty() ? allowed : Math.min(allowed, cores.size());
        } catch (IOException e) {
            LOG.warn("Cannot tell physical cores from threads; using all {} processors", allowed, e);
            return allowed;
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
