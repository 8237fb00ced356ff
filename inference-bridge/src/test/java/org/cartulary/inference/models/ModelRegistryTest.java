package org.cartulary.inference.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.testing.TinyModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which model serves, and which may go. */
final class ModelRegistryTest {
    @TempDir
    private Path directory;

    private StoredModel standard;
    private StoredModel imported;
    private ModelRegistry registry;

    @BeforeEach
    void open() throws IOException {
        standard = TinyModel.in(directory.resolve("defaults"));
        registry = reopened();
        imported = take("other");
    }

    @Test
    void theDefaultServesUntilAnotherIsChosenAndTheChoiceOutlivesTheProcess() {
        assertThat(registry.serving(ModelCard.Role.CHAT)).isEqualTo(standard);
        registry.choose(imported);
        assertThat(registry.serving(ModelCard.Role.CHAT)).isEqualTo(imported);
        assertThat(reopened().serving(ModelCard.Role.CHAT)).isEqualTo(imported);
        registry.choose(standard);
        assertThat(reopened().isChosen(ModelCard.Role.CHAT)).isFalse();
        assertThat(reopened().serving(ModelCard.Role.CHAT)).isEqualTo(standard);
    }

    @Test
    void neverServesAnotherInPlaceOfAChosenModelThatIsGone() throws IOException {
        registry.choose(imported);
        Files.move(imported.directory(), directory.resolve("elsewhere"));
        assertThatThrownBy(() -> reopened().serving(ModelCard.Role.CHAT))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("other")
                .hasMessageContaining(imported.manifest().sha256())
                .hasMessageContaining("models use");
    }

    @Test
    void refusesAChosenModelWhoseManifestWasChanged() throws IOException {
        registry.choose(imported);
        Path manifest = imported.directory().resolve("manifest.json");
        Files.writeString(
                manifest, Files.readString(manifest).replace("\"template\" : \"model\"", "\"template\" : \"chatml\""));
        assertThatThrownBy(() -> reopened().serving(ModelCard.Role.CHAT)).hasMessageContaining("another manifest");
    }

    @Test
    void refusesAManifestThatVouchesForAnotherFile() throws IOException {
        byte[] other = TinyModel.bytes(header -> header.text("general.finetune", "evil"));
        Files.write(imported.file(), other);
        Path manifest = imported.directory().resolve("manifest.json");
        Files.writeString(
                manifest, Files.readString(manifest).replace(imported.manifest().sha256(), Sha256.of(other)));
        assertThatThrownBy(() -> ModelStore.read(imported.directory()).requireIntact())
                .hasMessageContaining("not the name of its directory");
    }

    @Test
    void refusesAModelWhoseTokenizerWasChanged() throws IOException {
        Path home = Files.createDirectories(directory.resolve("defaults").resolve(Sha256.of(new byte[] {1})));
        Files.write(home.resolve("model.onnx"), new byte[] {1});
        Files.write(home.resolve("tokenizer.json"), new byte[] {3});
        Files.writeString(
                home.resolve("manifest.json"), """
                {"sha256":"%s","file":"model.onnx","bytes":1,"name":"e","role":"embedding","format":"onnx",
                 "tokenizerSha256":"%s"}
                """.formatted(Sha256.of(new byte[] {1}), Sha256.of(new byte[] {2})));
        assertThatThrownBy(() -> ModelStore.read(home).requireIntact())
                .hasMessageContaining("tokenizer.json")
                .hasMessageContaining("was changed or damaged");
    }

    @Test
    void refusesChoicesThatCannotBeRead() throws IOException {
        Files.writeString(registry.ownDirectory().resolve("in-use.json"), "{");
        assertThatThrownBy(() -> registry.serving(ModelCard.Role.CHAT)).hasMessageContaining("in-use.json");
    }

    @Test
    void findsAModelByNameAndByTheFirstDigitsOfItsHash() throws IOException {
        assertThat(registry.require("other")).isEqualTo(imported);
        assertThat(registry.require(imported.manifest().sha256().substring(0, 8)))
                .isEqualTo(imported);
        assertThatThrownBy(() -> registry.require(imported.manifest().sha256().substring(0, 7)))
                .hasMessageContaining("There is no model");
        take("tiny");
        assertThatThrownBy(() -> registry.require("tiny")).hasMessageContaining("2 models are called");
    }

    @Test
    void removesAnImportedModelButNoneInUseAndNoneOfSetUp() throws IOException {
        registry.choose(imported);
        assertThatThrownBy(() -> registry.remove(imported)).hasMessageContaining("in use");
        registry.choose(standard);
        assertThatThrownBy(() -> registry.remove(standard)).hasMessageContaining("set-up");
        registry.remove(imported);
        assertThat(registry.list()).containsExactly(standard);
        try (var entries = Files.list(registry.ownDirectory())) {
            assertThat(entries).noneMatch(Files::isDirectory);
        }
    }

    private ModelRegistry reopened() {
        return ModelRegistry.open(directory.resolve("own"), directory.resolve("defaults"));
    }

    private StoredModel take(String name) throws IOException {
        Path file = Files.write(
                directory.resolve("brought.gguf"), TinyModel.bytes(header -> header.text("general.finetune", name)));
        return new ModelImporter(registry)
                .take(
                        file,
                        new ModelImporter.Statement(null, name, null, null, null, null, null),
                        null,
                        done -> {},
                        draft -> {})
                .model();
    }
}
