package org.cartulary.appliance;

import java.net.BindException;
import org.jspecify.annotations.Nullable;

/** The appliance did not start; the message is one sentence that says what to do. */
public final class StartFailed extends RuntimeException {
    private StartFailed(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Finds the sentence meant for a person below the layers of the framework.
     *
     * @param address what the appliance was to listen on
     */
    static RuntimeException from(RuntimeException e, String address) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return new StartFailed(
                        "The appliance cannot listen on " + address + " (" + cause.getMessage()
                                + "): stop what uses it, or set cartulary.http.port (CARTULARY_HTTP_PORT) to another.",
                        e);
            }
            if (cause instanceof RuntimeException ours && isOurs(ours)) {
                return ours;
            }
        }
        return e;
    }

    private static boolean isOurs(@Nullable Throwable e) {
        return e != null && e.getClass().getName().startsWith("org.cartulary.");
    }
}
