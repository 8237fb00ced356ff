package org.cartulary.compliance.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Programs of others, such as openssl, that check what was written here; where they are not installed, a test says so. */
public final class ForeignTool {
    private ForeignTool() {}

    /** What a program said, on both of its outputs, and with which exit code it ended. */
    public record Result(int exit, String text) {}

    /** Skips the test where a program of {@code /usr/bin} is not installed. */
    public static void assumeInstalled(String name) {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin", name)), "needs " + name);
    }

    /** Runs shell commands in a directory and waits for their end. */
    public static Result shell(Path directory, String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", script)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), text);
    }
}
