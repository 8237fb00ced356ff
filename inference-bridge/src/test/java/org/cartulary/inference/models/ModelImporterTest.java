package org.cartulary.inference.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.models.ModelImporter.Imported;
import org.cartulary.inference.models.ModelImporter.Statement;
import org.cartulary.inference.testing.GgufWriter;
import org.cartulary.inference.testing.TinyBert;
import org.cartulary.inference.testing.TinyModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files on their way into a store. */
final class ModelImporterTest {
    @TempDir
    private Path directory;

    private Path file;
    private ModelRegistry registry;
    private ModelImporter importer;

    @BeforeEach
    void open() throws IOException {
        file = Files.write(directory.resolve("brought.gguf"), TinyModel.bytes());
        registry = ModelRegistry.open(directory.resolve("own"), directory.resolve("defaults"));
        importer = new ModelImporter(registry);
    }

    @Test
    void saysWhatAFileIs() {
        ModelProfile profile = ModelImporter.inspect(file, done -> {});
        assertThat(profile.architecture()).isEqualTo("llama");
        assertThat(profile.name()).isEqualTo("tiny");
        assertThat(profile.licence()).isNull();
        assertThat(profile.parameters()).isBetween(100_000L, 200_000L);
        assertThat(profile.quantisation()).isEqualTo("F32");
        assertThat(profile.contextTokens()).isEqualTo(TinyModel.WINDOW);
        assertThat(profile.tokenizer()).isEqualTo("llama");
        assertThat(profile.template()).satisfies(template -> {
            assertThat(template.firstLine()).isEqualTo("{% for message in messages %}");
            assertThat(template.sha256()).hasSize(64);
            assertThat(template.problem()).isNull();
        });
        assertThat(profile.role()).isEqualTo(ModelCard.Role.CHAT);
    }

    @Test
    void saysWhyAChatTemplateCannotBeUsed() throws IOException {
        Path odd = Files.write(directory.resolve("odd.gguf"), TinyModel.bytes("{% for m in messages %}", List.of()));
        assertThat(ModelImporter.inspect(odd, done -> {}).template())
                .satisfies(template -> assertThat(template.problem()).isNotBlank());
    }

    @Test
    void proposesTheRoleThatTheHeaderSpeaksFor() throws IOException {
        StoredModel encoder = TinyBert.embedder().pooling(0).in(directory.resolve("berts"));
        assertThat(ModelImporter.inspect(encoder.file(), done -> {}).role()).isEqualTo(ModelCard.Role.EMBEDDING);
        StoredModel ranker = TinyBert.reranker().in(directory.resolve("berts"));
        assertThat(ModelImporter.inspect(ranker.file(), done -> {}).role()).isEqualTo(ModelCard.Role.RERANK);
        assertThat(role(header -> header.number("llama.pooling_type", 3))).isEqualTo(ModelCard.Role.EMBEDDING);
        assertThat(role(header -> header.number("llama.pooling_type", 4))).isEqualTo(ModelCard.Role.RERANK);
        assertThat(role(header -> header.number("llama.pooling_type", 0))).isEqualTo(ModelCard.Role.CHAT);
        assertThat(role(header -> header.tensor("cls.weight", new float[8], 8))).isEqualTo(ModelCard.Role.RERANK);
    }

    @Test
    void namesOnOneLineWhateverTheHeaderHolds() throws IOException {
        Path odd = Files.write(
                directory.resolve("odd.gguf"),
                TinyModel.bytes(
                        header -> header.text("general.license", "MIT\n\u001b[31mtrusted\u202e" + "x".repeat(999))));
        assertThat(ModelImporter.inspect(odd, done -> {}).licence())
                .startsWith("MIT  [31mtrusted")
                .hasSizeLessThanOrEqualTo(200)
                .doesNotContain("\n", "\u001b", "\u202e");
    }

    @Test
    void copiesAFileWithItsManifestAndWhatTheOperatorStates() throws IOException {
        List<Long> progress = new ArrayList<>();
        Imported imported = importer.take(
                file,
                new Statement(null, "Ward model", "Apache-2.0", null, null, null, null),
                null,
                progress::add,
                draft -> {
                    draft.requireIntact();
                    assertThat(registry.list()).isEmpty();
                });
        assertThat(imported.fresh()).isTrue();
        ModelManifest manifest = imported.model().manifest();
        assertThat(manifest.name()).isEqualTo("Ward model");
        assertThat(manifest.licence()).isEqualTo("Apache-2.0");
        assertThat(manifest.role()).isEqualTo("chat");
        assertThat(manifest.isDefault()).isFalse();
        assertThat(progress).last().isEqualTo(Files.size(file));
        imported.model().requireIntact();
        assertThat(registry.list()).containsExactly(imported.model());
        assertThat(registry.isOwn(imported.model())).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(registry.ownDirectory())))
                .isEqualTo("rwx------");
        assertOnlyModels(1);
    }

    @Test
    void aSecondImportOfTheSameFileDoesNothing() throws IOException {
        StoredModel first = take().model();
        Imported again = importer.take(file, Statement.NONE, null, done -> {}, draft -> {
            throw new AssertionError("tried out again");
        });
        assertThat(again).isEqualTo(new Imported(first, false));
        assertOnlyModels(1);
    }

    @Test
    void aFileThatSetUpBroughtIsNotCopied() throws IOException {
        StoredModel standard = TinyModel.in(directory.resolve("defaults"));
        assertThat(take()).isEqualTo(new Imported(standard, false));
        assertOnlyModels(0);
    }

    @Test
    void aModelThatFailsItsTrialLeavesNothing() throws IOException {
        assertThatThrownBy(() -> importer.take(file, Statement.NONE, null, done -> {}, draft -> {
                    throw new ModelRefused("It crashed.");
                }))
                .hasMessage("It crashed.");
        assertOnlyModels(0);
    }

    @Test
    void refusesAFileThatIsNotTheOneThatWasShown() throws IOException {
        assertThatThrownBy(() -> importer.take(file, Statement.NONE, "0".repeat(64), done -> {}, draft -> {}))
                .hasMessageContaining("changed in between");
        assertOnlyModels(0);
    }

    @Test
    void refusesPartsOfASplitModelByNameAndByHeader() throws IOException {
        Path part = Files.copy(file, directory.resolve("big-00001-of-00003.gguf"));
        assertThatThrownBy(() -> ModelImporter.inspect(part, done -> {}))
                .hasMessageContaining("llama-gguf-split --merge");
        Path renamed = Files.write(
                directory.resolve("renamed.gguf"), TinyModel.bytes(header -> header.number("split.count", 3)));
        assertThatThrownBy(() -> ModelImporter.inspect(renamed, done -> {})).hasMessageContaining("one of 3 parts");
    }

    @Test
    void refusesWhatIsNoFile() {
        assertThatThrownBy(() -> ModelImporter.inspect(directory, done -> {})).hasMessageContaining("There is no file");
    }

    @Test
    void whatAKilledImportLeftIsRemovedAtTheNextStart() throws IOException {
        Files.createDirectories(registry.ownDirectory().resolve(".draft-123/model"));
        Files.writeString(registry.ownDirectory().resolve(".draft-123/model/model.gguf"), "half");
        ModelRegistry.open(registry.ownDirectory(), directory.resolve("defaults"));
        assertOnlyModels(0);
    }

    private Imported take() {
        return importer.take(file, Statement.NONE, null, done -> {}, draft -> {});
    }

    private ModelCard.Role role(java.util.function.Consumer<GgufWriter> more) throws IOException {
        Path other = Files.write(directory.resolve("other.gguf"), TinyModel.bytes(more));
        return ModelImporter.inspect(other, done -> {}).role();
    }

    private void assertOnlyModels(int count) throws IOException {
        try (var entries = Files.list(registry.ownDirectory())) {
            assertThat(entries).hasSize(count);
        }
    }
}
