package org.cartulary.appliance.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which installation a command works on. */
final class HomeOption {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "The installation's directory (default: CARTULARY_HOME).")
    private @Nullable Path home;

    Path directory() {
        if (home != null) {
            return home;
        }
        String fromEnvironment = System.getenv("CARTULARY_HOME");
        if (fromEnvironment != null && !fromEnvironment.isBlank()) {
            return Path.of(fromEnvironment);
        }
        if ("root".equals(System.getProperty("user.name"))) {
            return Path.of("/var/lib/cartulary");
        }
        String data = System.getenv("XDG_DATA_HOME");
        return data == null || data.isBlank()
                ? Path.of(System.getProperty("user.home"), ".local", "share", "cartulary")
                : Path.of(data, "cartulary");
    }
}
