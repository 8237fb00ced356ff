package org.cartulary.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills, races and full disks. An artifact that is a named pipe holds the launcher at a known point: it reads as far
 * as the test writes.
 */
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
class SetUpInterruptionTest {
    @TempDir
    Path scratch;

    @Test
    void isTakenUpAfterAKillInTheMiddleOfADownload() throws Exception {
        var pin = Artifacts.llama();
        var content = Files.readAllBytes(Artifacts.file(pin));
        var pipe = makePipe(scratch.resolve(pin.name()));
        var launcher = Launcher.under(scratch).with("CARTULARY_ARTIFACTS", scratch);

        var process = launcher.start("setup", "llama");
        try (var feed = Files.newOutputStream(pipe)) {
            feed.write(content, 0, content.length / 2);
            killGroup(process);
        }
        assertThat(launcher.cache().resolve("downloads")).isEmptyDirectory();
        assertThat(launcher.cache().resolve("work").resolve(pin.name())).exists();

        Files.delete(pipe);
        Files.write(pipe, content);
        assertThat(launcher.run("setup", "llama").exitCode()).isZero();
        assertThat(launcher.cache().resolve(Artifacts.llamaFolder())).isNotEmptyDirectory();
        assertThat(launcher.cache().resolve("work")).doesNotExist();
    }

    @Test
    void postgresqlIsWholeAfterAKillInTheMiddleOfTheCompilation() throws Exception {
        var compiler = Files.createDirectory(scratch.resolve("bin")).resolve("gcc");
        Files.writeString(compiler, "#!/bin/sh\nkill -9 0\n");
        assertThat(compiler.toFile().setExecutable(true)).isTrue();
        var launcher = Launcher.under(scratch).with("CARTULARY_ARTIFACTS", Artifacts.downloads());
        var killed = launcher.with(
                "PATH", compiler.getParent() + ":" + launcher.environment().get("PATH"));

        assertThat(killed.run("setup", "postgresql").exitCode()).isEqualTo(128 + 9);
        assertThat(launcher.cache().resolve("postgresql")).isEmptyDirectory();

        var again = launcher.with("CARTULARY_ARTIFACTS", "/nowhere").run("setup", "postgresql");
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.err()).doesNotContain("taking", "fetching");
        var postgresql = launcher.cache().resolve("postgresql/17.11.0");
        var version = new ProcessBuilder(postgresql.resolve("bin/postgres").toString(), "--version").start();
        assertThat(version.inputReader().readAllAsString()).contains("17.11");
        assertThat(postgresql.resolve("lib/postgresql/vector.so")).exists();
        assertThat(postgresql.resolve("share/postgresql/extension/vector--0.8.6.sql"))
                .exists();
    }

    @Test
    void twoAtOnceDoTheWorkOnce() throws Exception {
        var pin = Artifacts.llama();
        var content = Files.readAllBytes(Artifacts.file(pin));
        var pipe = makePipe(scratch.resolve(pin.name()));
        var launcher = Launcher.under(scratch).with("CARTULARY_ARTIFACTS", scratch);

        var first = launcher.start("setup", "llama");
        BufferedReader words;
        Process second;
        try (var feed = Files.newOutputStream(pipe)) {
            second = launcher.start("setup", "llama");
            words = second.errorReader();
            assertThat(words.readLine()).contains("another set-up is running");
            feed.write(content);
        }

        assertThat(first.waitFor()).isZero();
        assertThat(words.readAllAsString()).isEqualTo("cartulary: ready: llama\n");
        assertThat(second.waitFor()).isZero();
    }

    @Test
    void saysThatTheDiskIsFullWhenItHappens() throws IOException {
        var blocksOf512Bytes = "4000";
        var launcher = Launcher.under(scratch)
                .with("CARTULARY_ARTIFACTS", Artifacts.downloads())
                .behind("sh", "-c", "ulimit -f " + blocksOf512Bytes + " && exec \"$0\" \"$@\"");

        var run = launcher.run("setup", "llama");

        assertThat(run.exitCode()).isEqualTo(74);
        assertThat(run.err()).containsPattern("is full: .* needs [0-9]+ bytes .* and [0-9]+ are free");
        assertThat(launcher.cache().resolve("work")).doesNotExist();
    }

    @Test
    void saysBeforehandThatTheDiskIsTooSmall() throws Exception {
        var mounts = List.of("unshare", "-m", "sh", "-c");
        var mount = "mount -t tmpfs -o size=20m tmpfs ";
        assumeTrue(new ProcessBuilder(concat(mounts, mount + scratch)).start().waitFor() == 0, "may not mount a disk");
        var launcher = Launcher.under(scratch).with("CARTULARY_ARTIFACTS", Artifacts.downloads());
        Files.createDirectory(launcher.cache());

        var run = launcher.behind(concat(mounts, mount + launcher.cache() + " && exec \"$0\" \"$@\""))
                .run("setup", "llama");

        assertThat(run.exitCode()).isEqualTo(74);
        assertThat(run.err()).containsPattern("set-up needs [0-9]+ bytes .* and [0-9]+ .* are free");
        assertThat(run.err()).doesNotContain("taking");
    }

    private static String[] concat(List<String> words, String last) {
        var all = words.toArray(new String[words.size() + 1]);
        all[words.size()] = last;
        return all;
    }

    private static Path makePipe(Path path) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                .isZero();
        return path;
    }

    /** The launcher leads its process group, so its children die with it, as in a power cut. */
    private static void killGroup(Process process) throws IOException, InterruptedException {
        var command = Arrays.asList("sh", "-c", "kill -9 -" + process.pid());
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
        process.waitFor();
    }
}
