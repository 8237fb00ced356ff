package org.cartulary.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class CommandLineTest {
    @TempDir
    Path scratch;

    @Test
    void withoutACommandShowsTheOverviewAsWrongUse() {
        var run = Launcher.under(scratch).run();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("deploy/cartulary demo", "deploy/cartulary test", "Exit codes:");
    }

    @Test
    void helpGoesToStandardOutput() {
        var run = Launcher.under(scratch).run("--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("CARTULARY_HOME", "CARTULARY_CACHE");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "serve", "test", "setup"})
    void everyCommandOfTheLauncherHasHelpWithAnExample(String command) {
        var byFlag = Launcher.under(scratch).run(command, "--help");
        var byHelp = Launcher.under(scratch).run("help", command);

        assertThat(byFlag.exitCode()).isZero();
        assertThat(byFlag.out()).startsWith("deploy/cartulary " + command).contains("Example:");
        assertThat(byHelp).isEqualTo(byFlag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"setup nonsense", "setup --verify llama", "test --short", "demo --home"})
    void refusesWrongUseBeforeAnyWork(String words) {
        var launcher = Launcher.under(scratch);
        var run = launcher.run(words.split(" ", -1));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(1).first().asString().contains("deploy/cartulary help");
        assertThat(launcher.cache()).doesNotExist();
    }

    @Test
    void worksThroughASymbolicLink() throws IOException {
        var link = Files.createSymbolicLink(
                scratch.resolve("cartulary"), Launcher.root().resolve("deploy/cartulary"));

        assertThat(Launcher.at(link, scratch).run("help").exitCode()).isZero();
        Files.delete(link);
    }

    @Test
    void isCleanByShellcheck() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/shellcheck")), "shellcheck is not installed");
        var process = new ProcessBuilder(List.of("shellcheck", "-x", "-a", "cartulary", "../.ci/run"))
                .directory(Launcher.root().resolve("deploy").toFile())
                .redirectErrorStream(true)
                .start();

        assertThat(process.inputReader().readAllAsString()).isEmpty();
        assertThat(process.waitFor()).isZero();
    }
}
