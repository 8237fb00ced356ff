package org.cartulary.compliance.evidence;

import org.jspecify.annotations.Nullable;

/** Database, log directory and key do not tell the same history: going on could sign two of them, so the log stops. */
final class LogConflict extends RuntimeException {
    LogConflict(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    LogConflict(String message) {
        super(message);
    }

    static LogConflict ofIntegrators(long size) {
        return new LogConflict("Another integrator has moved the log on from size " + size
                + ": only one appliance may write a log; stop the other one and restart");
    }
}
