package org.cartulary.inference;

import java.time.Duration;
import java.util.List;

/**
 * An answer to be made again from its record.
 *
 * @param trace the recorded tokens of prompt and answer
 * @param sampling as recorded
 * @param deadline time from the call until the grade
 */
public record ReplayRequest(TokenTrace trace, Sampling sampling, Duration deadline) {
    public ReplayRequest {
        if (trace.prompt().isEmpty() || trace.output().isEmpty()) {
            throw new IllegalArgumentException(
                    "A replay needs the recorded tokens of a prompt and of an answer, but had "
                            + trace.prompt().size() + " and " + trace.output().size());
        }
    }

    /** Tokens that the replay reads and writes. */
    public int tokens() {
        return trace.prompt().size() + trace.output().size();
    }

    /** The recorded prompt. */
    public List<Integer> prompt() {
        return trace.prompt();
    }
}
