package org.cartulary.appliance.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.models.ModelRegistry;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.supervision.InferenceConfig;
import org.cartulary.inference.supervision.InferenceWorkers;
import org.cartulary.inference.testing.Cache;
import org.cartulary.inference.testing.TinyBert;
import org.cartulary.retrieval.index.Embedders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class WorkerEmbeddersTest {
    @Test
    void anIndexOfTheModelThatServesNeedsNoProcessOfItsOwn(@TempDir Path directory) throws IOException {
        StoredModel model = TinyBert.embedder().in(directory.resolve("models"));
        try (InferenceWorkers workers =
                InferenceWorkers.start(InferenceConfig.defaults(Cache.directory(), directory.resolve("run"))
                        .withChat(null)
                        .withEmbedding(model)
                        .withThreads(1, 1))) {
            workers.awaitReady();
            Embedders embedders = new WorkerEmbedders(
                    ModelRegistry.open(directory.resolve("models"), directory.resolve("none")), workers);
            long before = processes();
            Embedders.Running beside = embedders.start(model.manifest().sha256());
            assertThat(processes()).isEqualTo(before).isPositive();
            assertThat(beside.embedder().embed(List.of("lantern"), Embedder.Input.PASSAGE))
                    .hasSize(1);
            beside.close();
            assertThat(workers.embedder().embed(List.of("lantern"), Embedder.Input.QUERY))
                    .as("serves on")
                    .hasSize(1);
        }
    }

    private static long processes() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .count();
    }
}
