package org.cartulary.appliance.home;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The standalone verifier beside this appliance: another jar, run in another process, as a stranger would. */
public final class VerifierJar {
    private VerifierJar() {}

    /**
     * The command that runs it.
     *
     * @param arguments for example {@code verify} and a bundle
     * @param key file with the verifier key
     * @throws IllegalStateException with a sentence where the jar is not there
     */
    public static List<String> command(List<String> arguments, Path key) {
        Path jar =
                Path.of(System.getProperty("cartulary.verifier", "compliance/verifier/target/cartulary-verifier.jar"));
        if (!Files.exists(jar)) {
            throw new IllegalStateException("The verifier is not at " + jar.toAbsolutePath()
                    + ": build it, or name it by -Dcartulary.verifier.");
        }
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString()));
        command.addAll(arguments);
        command.addAll(List.of("--key", key.toString()));
        return command;
    }
}
