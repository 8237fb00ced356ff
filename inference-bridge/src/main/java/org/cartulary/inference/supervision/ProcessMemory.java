package org.cartulary.inference.supervision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much memory a process has for itself: what it allocated, not the files that it maps, which the system may drop. */
final class ProcessMemory {
    private ProcessMemory() {}

    /** Resident bytes that no file backs (proc(5), {@code RssAnon}); 0 where the process is gone. */
    static long of(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            return lines.filter(line -> line.startsWith("RssAnon:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException e) {
            // It ended between two looks; whoever waits for it hears of that.
            return 0;
        }
    }
}
