package org.cartulary.appliance.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs the standalone verifier as a stranger would: another process, another jar, nothing of ours loaded. */
final class VerifierProcess {
    private VerifierProcess() {}

    /** Returns the verifier's exit code: 0 when every check held. Its report goes to standard error. */
    static int verify(Path bundle, Path key) {
        Path jar =
                Path.of(System.getProperty("cartulary.verifier", "compliance/verifier/target/cartulary-verifier.jar"));
        if (!Files.exists(jar)) {
            throw new CommandFailed("The verifier is not at " + jar.toAbsolutePath()
                    + ": build it, or name it by -Dcartulary.verifier.");
        }
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-jar",
                            jar.toString(),
                            "verify",
                            bundle.toString(),
                            "--key",
                            key.toString())
                    .redirectErrorStream(true)
                    .start();
            String report = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Terminal.remark(report.strip());
            return process.waitFor();
        } catch (IOException e) {
            throw new CommandFailed("The verifier could not be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("The verifier was interrupted.");
        }
    }
}
