package org.cartulary.inference.supervision;

import java.io.IOException;
import java.nio.file.Path;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.testing.Cache;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A real imported embedder, by llama.cpp. Minutes: only with {@code -Dcartulary.long=true}; the tiny one is always run. */
@EnabledIfSystemProperty(named = "cartulary.long", matches = "true")
final class LlamaEmbedderTest extends EmbedderContract {
    @Override
    StoredModel model(Path directory) throws IOException {
        return Cache.reference().gguf();
    }

    @Override
    boolean prefixesQueries() {
        return true;
    }
}
