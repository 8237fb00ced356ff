package org.cartulary.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What set-up makes of a folder of artifacts, good and bad. */
@Timeout(300)
class SetUpTest {
    @TempDir
    Path scratch;

    @Test
    void doesNothingTheSecondTime() throws IOException {
        var launcher = Launcher.under(scratch).with("CARTULARY_ARTIFACTS", Artifacts.downloads());
        assertThat(launcher.run("setup", "llama", "embedding").exitCode()).isZero();
        var modified = Files.getLastModifiedTime(launcher.cache());

        var second = launcher.with("CARTULARY_ARTIFACTS", "/nowhere").run("setup", "llama", "embedding");

        assertThat(second.exitCode()).isZero();
        assertThat(second.err()).isEqualTo("cartulary: ready: llama embedding\n");
        assertThat(Files.getLastModifiedTime(launcher.cache())).isEqualTo(modified);
    }

    @Test
    void refusesATamperedArtifactAndNamesBothHashes() throws IOException {
        var pin = Artifacts.llama();
        var bytes = Files.readAllBytes(Artifacts.file(pin));
        bytes[bytes.length / 2] ^= 1;
        Files.write(scratch.resolve(pin.name()), bytes);
        var launcher = Launcher.under(scratch).with("CARTULARY_ARTIFACTS", scratch);

        var run = launcher.run("setup", "llama");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains(pin.name(), "expected " + pin.sha256())
                .containsPattern("found [0-9a-f]{64}")
                .contains("CARTULARY_ARTIFACTS");
        assertThat(launcher.cache().resolve(Artifacts.llamaFolder())).doesNotExist();
        assertThat(launcher.cache().resolve("downloads")).isEmptyDirectory();
    }

    @Test
    void namesTheArtifactThatAFolderLacks() throws IOException {
        var pin = Artifacts.llama();
        var run = Launcher.under(scratch).with("CARTULARY_ARTIFACTS", scratch).run("setup", "llama");

        assertThat(run.exitCode()).isEqualTo(69);
        assertThat(run.err()).contains(pin.name(), pin.sha256(), pin.origin(), scratch.toString());
    }

    @Test
    void replacesADownloadThatWasDamagedInTheCache() throws IOException {
        var launcher = Launcher.under(scratch).with("CARTULARY_ARTIFACTS", Artifacts.downloads());
        var downloads = Files.createDirectories(launcher.cache().resolve("downloads"));
        var damaged = downloads.resolve(Artifacts.llama().cachedName());
        Files.writeString(damaged, "not a tarball");

        var run = launcher.run("setup", "llama");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("was damaged");
        assertThat(damaged).hasSize(Artifacts.llama().bytes());
    }

    @Test
    void verifyNamesADamagedFile() throws IOException {
        var launcher = Launcher.under(scratch).with("CARTULARY_ARTIFACTS", Artifacts.downloads());
        assertThat(launcher.run("setup", "llama").exitCode()).isZero();
        assertThat(launcher.run("setup", "--verify").err()).contains("intact: " + launcher.cache());
        var library = launcher.cache().resolve(Artifacts.llamaFolder()).resolve("libggml-base.so");
        var bytes = Files.readAllBytes(library);
        bytes[bytes.length / 2] ^= 1;
        Files.write(library, bytes);

        var run = launcher.run("setup", "--verify");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("libggml-base.so", "is damaged", "run 'deploy/cartulary setup'");
    }
}
