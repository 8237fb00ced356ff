package org.cartulary.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the launcher hands to the programs it starts: run from a copy of itself in a folder without sources, as an
 * unpacked release is, over a cache whose parts are there.
 */
@Timeout(300)
class PassingOnTest {
    private static final List<String> PARTS = List.of(
            Artifacts.llamaFolder().toString(),
            "postgresql/17.11.0",
            "models/6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4",
            "models/9ee11adf737960ff06123d5c4fba24d12c5b05ba460a7afa88950fbf2b61add0");

    @TempDir
    Path scratch;

    private Path release;
    private Launcher launcher;

    @BeforeEach
    void unpackARelease() throws IOException, InterruptedException {
        release = Files.createDirectory(scratch.resolve("a release"));
        var copy = List.of("cp", "-r", Launcher.root().resolve("deploy").toString(), release.toString());
        assertThat(new ProcessBuilder(copy).start().waitFor()).isZero();
        EchoProgram.writeJar(release.resolve("appliance/target/cartulary.jar"));
        EchoProgram.writeJar(release.resolve("compliance/verifier/target/cartulary-verifier.jar"));
        launcher = Launcher.at(release.resolve("deploy/cartulary"), scratch);
    }

    @Test
    void verifyingNeedsNoCacheAndKeepsItsExitCode() {
        var run = launcher.with("ECHO_EXIT_CODE", "1").run("audit", "verify", "a file.zip", "--key", "log.vkey");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).startsWith("arguments=verify|a file.zip|--key|log.vkey\n");
        assertThat(launcher.cache()).doesNotExist();
    }

    @Test
    void argumentsReachTheApplianceAsTheyAre() throws IOException {
        fillCache();

        var run =
                launcher.with("ECHO_EXIT_CODE", "3").run("ask", "What does $HOME cost?", "--collection", "", "--json");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out()).contains("arguments=ask|What does $HOME cost?|--collection||--json\n", "vector=false");
        assertThat(run.out()).contains("home=" + launcher.environment().get("CARTULARY_HOME"));
    }

    @Test
    void demoKnowsItsCorpusAndTakesAHome() throws IOException {
        fillCache();

        var run = launcher.run(
                "demo", "--once", "--home", scratch.resolve("another home").toString(), "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("arguments=demo|--once|--json\n", "home=" + scratch.resolve("another home") + "\n")
                .contains("demo=" + release.resolve("deploy/demo") + "\n", "vector=true");
    }

    @Test
    void theFasterCopyOfTheChatModelIsMadeOnce() throws IOException {
        fillCache();

        assertThat(launcher.run("search", "fees").err()).contains("Q8_0", "copying the model");
        assertThat(launcher.run("search", "fees").err()).doesNotContain("Q8_0", "copying the model");
    }

    @Test
    void aCopyThatWasNotMadeIsSaidClearly() throws IOException {
        fillCache();

        var run = launcher.with("ECHO_LEAVES_NOTHING", "yes").run("search", "fees");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("left no manifest");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void refusesAnUnknownCommandBeforeAnythingIsBuilt() throws IOException {
        Files.delete(release.resolve("appliance/target/cartulary.jar"));

        var run = launcher.run("dmeo");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("no command 'dmeo'");
    }

    private void fillCache() throws IOException {
        for (var part : PARTS) {
            Files.createDirectories(launcher.cache().resolve(part));
        }
    }
}
