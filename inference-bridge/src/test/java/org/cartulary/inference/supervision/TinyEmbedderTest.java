package org.cartulary.inference.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.testing.Cache;
import org.cartulary.inference.testing.TinyBert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An imported embedder that takes the mean, whose manifest says little, by llama.cpp. */
final class TinyEmbedderTest extends EmbedderContract {
    @Override
    StoredModel model(Path directory) throws IOException {
        return TinyBert.embedder().in(directory);
    }

    @Override
    boolean prefixesQueries() {
        return false;
    }

    @Test
    void whatTheManifestDoesNotSayIsReadFromTheFile() {
        assertThat(embedder().dimension()).isEqualTo(TinyBert.WIDTH);
        assertThat(embedder().maxTokens()).isEqualTo(TinyBert.WINDOW);
        assertThat(embedder().model().kernel()).startsWith("llama.cpp");
    }

    @Test
    void aModelThatDoesNotSayHowItPoolsIsNotServed(@TempDir Path directory) throws IOException {
        assertNotServed(TinyBert.embedder().pooling(0).in(directory), directory, "name \"pooling\"");
    }

    @Test
    void aRerankerIsNotServedAsAnEmbedder(@TempDir Path directory) throws IOException {
        assertNotServed(TinyBert.embedder().in(directory, ", \"pooling\":\"rank\""), directory, "is a reranker");
    }

    @Test
    void aManifestWithAnotherDimensionIsNotServed(@TempDir Path directory) throws IOException {
        assertNotServed(TinyBert.embedder().in(directory, ", \"dimension\":384"), directory, "of 32 values");
    }

    @Test
    void aModelWhoseNumbersAreNoneIsNotServed(@TempDir Path directory) throws IOException {
        assertNotServed(TinyBert.embedder().broken().in(directory), directory, "broken");
    }

    @Test
    void aManifestThatWasChangedAfterItWasReadIsNotServed(@TempDir Path directory) throws IOException {
        StoredModel model = TinyBert.embedder().in(directory, ", \"queryPrefix\":\"query: \"");
        Path manifest = model.directory().resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("query: ", "passage: "));
        assertNotServed(model, directory, manifest + " was changed after the appliance had read it");
    }

    private static void assertNotServed(StoredModel model, Path directory, String why) {
        InferenceConfig config = InferenceConfig.defaults(Cache.directory(), directory)
                .with(ModelCard.Role.CHAT, null)
                .with(ModelCard.Role.EMBEDDING, model);
        try (InferenceWorkers workers = InferenceWorkers.start(config)) {
            assertThatThrownBy(() -> workers.embedder().embed(List.of("a"), Embedder.Input.QUERY))
                    .isInstanceOf(InferenceFailed.class)
                    .hasMessageContaining(why);
        }
    }
}
