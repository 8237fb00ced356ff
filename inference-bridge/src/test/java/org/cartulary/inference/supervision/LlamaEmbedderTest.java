package org.cartulary.inference.supervision;

import java.io.IOException;
import java.nio.file.Path;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.testing.Cache;

/** A real imported embedder, by llama.cpp. */
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
