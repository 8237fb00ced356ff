package org.cartulary.inference.supervision;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker writes to its standard output and error. llama.cpp tells a lot there that matters only when something
 * went wrong, so most lines go to the debug log, and the last ones are kept for that case. Thread-safe.
 */
final class WorkerOutput {
    private static final int KEPT_LINES = 25;
    private static final int LONGEST_COMPLAINT = 300;

    private final Logger log;
    private final Deque<String> last = new ArrayDeque<>();

    WorkerOutput(String worker) {
        this.log = LoggerFactory.getLogger("org.cartulary.inference.worker." + worker);
    }

    synchronized void line(String line) {
        last.addLast(line);
        if (last.size() > KEPT_LINES) {
            last.removeFirst();
        }
        if (line.toLowerCase(Locale.ROOT).contains("error")) {
            log.warn("{}", line);
        } else {
            log.debug("{}", line);
        }
    }

    /** The last line in which llama.cpp says why it fails. */
    synchronized Optional<String> complaint() {
        return last.reversed().stream()
                .filter(line -> line.contains("GGML_ASSERT") || line.contains("error loading model"))
                .map(line -> line.substring(Math.max(0, line.indexOf("error loading model"))))
                .map(line -> line.substring(0, Math.min(LONGEST_COMPLAINT, line.length())))
                .findFirst();
    }

    /** Writes the last lines to the log, for an end that nobody wanted. */
    synchronized void explain() {
        if (!last.isEmpty() && !log.isDebugEnabled()) {
            log.warn("The last lines of this worker were:\n{}", String.join("\n", last));
        }
    }
}
