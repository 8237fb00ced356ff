package org.cartulary.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * When the launcher builds. Maven is replaced by a script that notes its arguments and leaves a jar: what a build
 * makes is not the question here, and a real one takes a minute.
 */
@Timeout(300)
class BuildTest {
    @TempDir
    Path scratch;

    private Path tree;
    private Path source;
    private Path builds;
    private Launcher launcher;

    @BeforeEach
    void makeASourceTree() throws IOException, InterruptedException {
        tree = Files.createDirectory(scratch.resolve("tree"));
        var copy = List.of("cp", "-r", Launcher.root().resolve("deploy").toString(), tree.toString());
        assertThat(new ProcessBuilder(copy).start().waitFor()).isZero();
        Files.writeString(tree.resolve("pom.xml"), "<project/>");
        source = Files.createDirectories(tree.resolve("compliance/verifier/src/main/java"))
                .resolve("A.java");
        Files.writeString(source, "class A {}");
        Files.createDirectories(tree.resolve("compliance/verifier/src/test/java"));

        var jar = scratch.resolve("made.jar");
        EchoProgram.writeJar(jar);
        builds = scratch.resolve("builds");
        var maven = Files.createDirectory(scratch.resolve("bin")).resolve("mvn");
        Files.writeString(maven, """
                #!/bin/sh
                echo "$*" >>'%1$s'
                [ "${KILL_BUILD-}" ] && cp '%2$s' compliance/verifier/target/cartulary-verifier.jar && kill -9 0
                [ "${BREAK_BUILD-}" ] && echo 'COMPILATION ERROR' && exit 1
                cp '%2$s' compliance/verifier/target/cartulary-verifier.jar
                """.formatted(builds, jar));
        assertThat(maven.toFile().setExecutable(true)).isTrue();
        launcher = Launcher.at(tree.resolve("deploy/cartulary"), scratch);
        launcher = launcher.with(
                "PATH", maven.getParent() + ":" + launcher.environment().get("PATH"));
    }

    @Test
    void buildsOnceAndThenOnlyAfterAChange() throws IOException {
        assertThat(verify().err()).contains("building cartulary-verifier.jar", "built in");
        assertThat(verify().err()).isEmpty();
        assertThat(builds()).singleElement().asString().contains("-DskipTests", "compliance/verifier", "package");

        changeLater(source);
        assertThat(verify().exitCode()).isZero();
        assertThat(builds()).hasSize(2);
    }

    @Test
    void aChangedTestOrLauncherNeedsNoBuild() throws IOException {
        verify();
        changeLater(tree.resolve("compliance/verifier/src/test/java/ATest.java"));
        changeLater(tree.resolve("deploy/lib/say.sh"));

        verify();

        assertThat(builds()).hasSize(1);
    }

    @Test
    void aDeletedSourceIsAChange() throws IOException {
        verify();
        Files.delete(source);
        Files.setLastModifiedTime(
                source.resolveSibling("."), FileTime.from(Instant.now().plusSeconds(60)));

        verify();

        assertThat(builds()).hasSize(2);
    }

    @Test
    void aBrokenBuildIsSaidAndNotTakenForDone() throws IOException {
        var run = launcher.with("BREAK_BUILD", "yes").run("audit", "verify", "x.zip");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("COMPILATION ERROR", "could not build cartulary-verifier.jar");
        assertThat(verify().exitCode()).isZero();
        assertThat(builds()).hasSize(2);
    }

    @Test
    void aJarOfABuildThatWasKilledIsNotTrusted() throws IOException {
        var killed = launcher.with("KILL_BUILD", "yes").run("audit", "verify", "x.zip");

        assertThat(killed.exitCode()).isEqualTo(128 + 9);
        assertThat(tree.resolve("compliance/verifier/target/cartulary-verifier.jar"))
                .exists();
        assertThat(verify().err()).contains("building");
        assertThat(builds()).hasSize(2);
    }

    private Launcher.Run verify() {
        return launcher.run("audit", "verify", "x.zip");
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(builds);
    }

    /** A minute ahead, so that the outcome hangs on no clock's resolution. */
    private static void changeLater(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
    }
}
