package org.cartulary.verifier.witness;

import java.util.List;

/** What becomes of a submission; the numbers are those of HTTP that C2SP tlog-witness gives each. */
sealed interface Outcome {
    /** Cosigned, and on the disk. */
    record Cosigned(List<String> lines, String checkpoint) implements Outcome {}

    /** The witness last cosigned another size. */
    record Conflict(long size) implements Outcome {}

    /**
     * Not cosigned.
     *
     * @param status 400 no submission, 403 not signed by the log, 404 unknown log, 422 not consistent, 503 not now
     * @param reason a sentence
     */
    record Refused(int status, String reason) implements Outcome {}
}
