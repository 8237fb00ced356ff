package org.cartulary.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowserModulesTest {
    private static final Path TESTS = Path.of("src/test/js");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void passTheirUnitTestsInNode() throws IOException, InterruptedException {
        Optional<Path> node = findNode();
        assumeTrue(
                node.isPresent(), "Node is not on the PATH: install nodejs 18 or later to run the tests of the page");
        List<String> command = new ArrayList<>(List.of(node.orElseThrow().toString(), "--test"));
        try (Stream<Path> tests = Files.list(TESTS)) {
            tests.map(Path::toString)
                    .filter(test -> test.endsWith(".test.js"))
                    .sorted()
                    .forEach(command::add);
        }
        Path output = folder.resolve("node.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES))
                    .as("Node ended in time")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(output, UTF_8)).isZero();
    }

    private static Optional<Path> findNode() {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1))
                .map(directory -> Path.of(directory, "node"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
