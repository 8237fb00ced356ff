package org.cartulary.inference.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.testing.Cache;
import org.cartulary.inference.testing.TinyModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models on disk. */
final class ModelStoreTest {
    @TempDir
    private Path directory;

    @Test
    void listsAndFindsModels() throws IOException {
        StoredModel tiny = TinyModel.in(directory);
        ModelStore store = new ModelStore(directory);
        assertThat(store.list()).containsExactly(tiny);
        assertThat(store.find(tiny.manifest().sha256())).contains(tiny);
        assertThat(store.defaultFor(ModelCard.Role.CHAT)).isEqualTo(tiny);
        assertThatThrownBy(() -> store.defaultFor(ModelCard.Role.EMBEDDING))
                .hasMessageContaining("deploy/cartulary setup");
    }

    @Test
    void acceptsAnIntactFileAndRefusesAChangedOneWithBothHashes() throws IOException {
        StoredModel tiny = TinyModel.in(directory);
        tiny.requireIntact();
        byte[] bytes = Files.readAllBytes(tiny.file());
        bytes[bytes.length - 1] ^= 1;
        Files.write(tiny.file(), bytes);
        assertThatThrownBy(tiny::requireIntact)
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining(tiny.file().toString())
                .hasMessageContaining(tiny.manifest().sha256())
                .hasMessageContaining("has the SHA-256");
    }

    @Test
    void refusesAManifestThatCannotBeRead() throws IOException {
        StoredModel tiny = TinyModel.in(directory);
        Files.writeString(tiny.directory().resolve("manifest.json"), "{");
        assertThatThrownBy(() -> new ModelStore(directory).list()).isInstanceOf(ModelRefused.class);
    }

    @Test
    void copiesAModelInAnotherQuantisationOnceAndPrefersTheCopy() throws IOException {
        StoredModel tiny = TinyModel.in(directory);
        Requantizer requantizer =
                new Requantizer(directory, Cache.llamaLibraries(), System.getProperty("java.class.path"));
        StoredModel copy = requantizer.requantize(tiny, Requantizer.Q8_0);
        assertThat(copy.manifest().parent()).isEqualTo(tiny.manifest().sha256());
        assertThat(copy.manifest().quantisation()).isEqualTo("Q8_0");
        copy.requireIntact();
        assertThat(Files.size(copy.file())).isLessThan(Files.size(tiny.file()));
        assertThat(requantizer.requantize(tiny, Requantizer.Q8_0)).isEqualTo(copy);
        assertThat(new ModelStore(directory).defaultFor(ModelCard.Role.CHAT)).isEqualTo(copy);
        try (var entries = Files.list(directory)) {
            assertThat(entries).hasSize(2);
        }
    }

    @Test
    void refusesACopyForWhichThereIsNoRoomWithBothNumbers() throws IOException {
        StoredModel tiny = TinyModel.in(directory);
        Requantizer requantizer = new Requantizer(
                directory, Cache.llamaLibraries(), System.getProperty("java.class.path"), store -> 200_000_000);
        assertThatThrownBy(() -> requantizer.requantize(tiny, Requantizer.Q8_0))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("needs 268 MB")
                .hasMessageContaining("200 MB are free");
        assertThat(new ModelStore(directory).list()).containsExactly(tiny);
    }

    @Test
    void theModelThatWasMeasuredAsTheFasterServes() throws IOException {
        StoredModel tiny = TinyModel.in(directory);
        ModelStore store = new ModelStore(directory);
        StoredModel copy = new Requantizer(directory, Cache.llamaLibraries(), System.getProperty("java.class.path"))
                .requantize(tiny, Requantizer.Q8_0);
        for (StoredModel faster : List.of(tiny, copy)) {
            new MeasuredDefault(faster.manifest().sha256(), 2, List.of()).keep(directory);
            assertThat(store.defaultFor(ModelCard.Role.CHAT)).isEqualTo(faster);
        }
        new MeasuredDefault("gone", 2, List.of()).keep(directory);
        assertThat(store.defaultFor(ModelCard.Role.CHAT)).isEqualTo(copy);
        Files.writeString(directory.resolve("default-chat.json"), "{");
        assertThatThrownBy(() -> store.defaultFor(ModelCard.Role.CHAT))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("default-chat.json")
                .hasMessageContaining("setup");
    }

    @Test
    void setUpRemovesWhatOneThatWasKilledLeft() throws IOException {
        StoredModel tiny = TinyModel.in(directory);
        Files.createDirectories(directory.resolve(".draft-123/model"));
        Files.writeString(directory.resolve(".draft-123/model/model.gguf"), "half");
        Requantizer requantizer =
                new Requantizer(directory, directory.resolve("none"), System.getProperty("java.class.path"));
        assertThatThrownBy(requantizer::ensureDefaultCopy).hasMessageContaining("could not be made");
        try (var entries = Files.list(directory)) {
            assertThat(entries).containsExactly(tiny.directory());
        }
    }

    @Test
    void leavesNothingBehindWhenACopyFails() throws IOException {
        StoredModel tiny = TinyModel.in(directory);
        Requantizer requantizer =
                new Requantizer(directory, directory.resolve("none"), System.getProperty("java.class.path"));
        assertThatThrownBy(() -> requantizer.requantize(tiny, Requantizer.Q8_0))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("could not be made");
        assertThat(new ModelStore(directory).list()).containsExactly(tiny);
    }
}
