package org.cartulary.appliance.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.cartulary.appliance.home.VerifierJar;

/** Runs the standalone verifier as a stranger would: another process, another jar, nothing of ours loaded. */
final class VerifierProcess {
    private VerifierProcess() {}

    /** Returns the verifier's exit code: 0 when every check held. Its report goes to standard error. */
    static int verify(Path bundle, Path key) {
        try {
            Process process = new ProcessBuilder(VerifierJar.command(List.of("verify", bundle.toString()), key))
                    .redirectErrorStream(true)
                    .start();
            String report = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Terminal.remark(report.strip());
            return process.waitFor();
        } catch (IllegalStateException e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CommandFailed("The verifier could not be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("The verifier was interrupted.");
        }
    }
}
