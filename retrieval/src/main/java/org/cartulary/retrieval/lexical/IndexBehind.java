package org.cartulary.retrieval.lexical;

import java.time.Duration;

/** The lexical index has not caught up with the catalog in the time that a caller could wait. */
public final class IndexBehind extends RuntimeException {
    private final long applied;
    private final long wanted;

    IndexBehind(long applied, long wanted, Duration patience, String state) {
        super("The lexical index is behind: it has change " + applied + " of " + wanted + " after "
                + patience.toMillis() + " ms (" + state + "). Try again; if it stays behind, see the log.");
        this.applied = applied;
        this.wanted = wanted;
    }

    /** Last change that the index has. */
    public long applied() {
        return applied;
    }

    /** The change that was waited for. */
    public long wanted() {
        return wanted;
    }
}
