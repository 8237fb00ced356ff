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

/** Which JDK the launcher takes, and what it says of a machine that lacks one. */
@Timeout(300)
class JavaSearchTest {
    private static final List<String> ALWAYS_THERE =
            List.of("sh", "id", "uname", "readlink", "dirname", "grep", "cat", "find", "head", "setsid");

    @TempDir
    Path scratch;

    private Path jvms;
    private Path oldJava;

    @BeforeEach
    void makeAMachineWithJava17() throws IOException {
        jvms = Files.createDirectory(scratch.resolve("jvm"));
        oldJava = scratch.resolve("java-17");
        Files.createDirectories(oldJava.resolve("bin"));
        Files.writeString(oldJava.resolve("release"), "IMPLEMENTOR=\"somebody\"\nJAVA_VERSION=\"17.0.1\"\n");
        for (var tool : List.of("java", "javac")) {
            passOn(oldJava.resolve("bin").resolve(tool), "/bin/false");
        }
    }

    @Test
    void namesEverythingThatIsMissingInOneSentence() throws IOException {
        var run = Launcher.under(scratch)
                .without("CARTULARY_JAVA_HOME")
                .with("JAVA_HOME", oldJava)
                .with("CARTULARY_JVM_DIR", jvms)
                .with("PATH", bareMachine())
                .run("setup", "llama");

        assertThat(run.exitCode()).isEqualTo(69);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .contains("JDK 25", "CARTULARY_JAVA_HOME", "gcc", "npm", "maven", "curl", "tar", "xz-utils");
    }

    @Test
    void refusesAnExplicitJavaHomeOfAnotherVersion() {
        var run = Launcher.under(scratch).with("CARTULARY_JAVA_HOME", oldJava).run("setup", "llama");

        assertThat(run.exitCode()).isEqualTo(69);
        assertThat(run.err()).contains(oldJava.toString(), "JAVA_VERSION=\"17.0.1\"", "JDK 25");
    }

    @Test
    void findsAJdk25InTheFolderOfJvmsWhenJavaHomeIsOlder() throws IOException {
        var jdk = Path.of(System.getProperty("java.home"));
        Files.createDirectories(jvms.resolve("some-jdk/bin"));
        Files.copy(jdk.resolve("release"), jvms.resolve("some-jdk/release"));
        for (var tool : List.of("bin/java", "bin/javac", "bin/jar")) {
            passOn(jvms.resolve("some-jdk").resolve(tool), jdk.resolve(tool).toString());
        }
        var launcher = Launcher.under(scratch)
                .without("CARTULARY_JAVA_HOME")
                .with("JAVA_HOME", oldJava)
                .with("CARTULARY_JVM_DIR", jvms)
                .with("CARTULARY_ARTIFACTS", Artifacts.downloads());

        assertThat(launcher.run("setup", "embedding").exitCode()).isZero();
    }

    /** A PATH that holds what every Debian has and nothing that must be installed; no apt-get, so nothing is. */
    private Path bareMachine() throws IOException {
        var bin = Files.createDirectory(scratch.resolve("bin"));
        for (var tool : ALWAYS_THERE) {
            passOn(bin.resolve(tool), "/usr/bin/" + tool);
        }
        return bin;
    }

    private static void passOn(Path command, String target) throws IOException {
        Files.writeString(command, "#!/bin/sh\nexec " + target + " \"$@\"\n");
        assertThat(command.toFile().setExecutable(true)).isTrue();
    }
}
