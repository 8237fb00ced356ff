package org.cartulary.inference.supervision;

import java.nio.file.Path;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.models.ModelStore;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.testing.Cache;

/** The bundled embedder, by ONNX Runtime. */
final class OnnxEmbedderTest extends EmbedderContract {
    @Override
    StoredModel model(Path directory) {
        return new ModelStore(Cache.directory().resolve("models")).defaultFor(ModelCard.Role.EMBEDDING);
    }

    @Override
    boolean prefixesQueries() {
        return true;
    }
}
