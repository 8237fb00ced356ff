package org.cartulary.appliance.cli;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which appliance a command calls, and as whom. */
final class ConsoleOptions {
    static final String KEY_VARIABLE = "CARTULARY_KEY_FILE";

    @Mixin
    private final HomeOption home = new HomeOption();

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = {
                "Act as whoever the API key in this file belongs to (default: " + KEY_VARIABLE + ", else the console).",
                "Nobody but its owner may read the file (chmod 600)."
            })
    private @Nullable Path keyFile;

    /** Opens the way to the appliance, which the caller closes. */
    Console open() {
        return Console.open(home.directory(), key());
    }

    /** Makes calls; the exit code is 0 unless one of them fails. */
    int run(Consumer<Console> calls) {
        try (Console console = open()) {
            calls.accept(console);
            return 0;
        }
    }

    private @Nullable KeyFile key() {
        if (keyFile != null) {
            return KeyFile.read(keyFile);
        }
        String fromEnvironment = System.getenv(KEY_VARIABLE);
        return fromEnvironment == null || fromEnvironment.isBlank() ? null : KeyFile.read(Path.of(fromEnvironment));
    }
}
