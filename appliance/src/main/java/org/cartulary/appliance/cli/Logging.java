package org.cartulary.appliance.cli;

import java.util.Arrays;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** How much a command says on standard error. */
final class Logging {
    private static final String LEVEL = "CARTULARY_LOG_LEVEL";

    private Logging() {}

    /**
     * Must come before the first logger is made. A service tells what it does; a command that starts an appliance for its
     * own duration tells only what went wrong.
     */
    static void prepare(String... arguments) {
        if (System.getenv(LEVEL) == null) {
            System.setProperty(LEVEL, Arrays.asList(arguments).contains("serve") ? "INFO" : "WARN");
        }
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
