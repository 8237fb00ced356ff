package org.cartulary.inference.onnx;

import java.util.Objects;
import org.cartulary.inference.embedding.EmbeddingShape;
import org.cartulary.inference.embedding.Pooling;
import org.cartulary.inference.models.ModelManifest;
import org.cartulary.inference.models.ModelRefused;
import org.jspecify.annotations.Nullable;

/** What an ONNX embedder is: its manifest must say all of it, because the file does not. */
public final class OnnxShape {
    private OnnxShape() {}

    /**
     * The shape in a manifest.
     *
     * @throws ModelRefused when it lacks something
     */
    public static EmbeddingShape of(ModelManifest manifest) {
        String pooling = required(manifest, "pooling", manifest.pooling());
        return new EmbeddingShape(
                required(manifest, "dimension", manifest.dimension()),
                required(manifest, "maxTokens", manifest.maxTokens()),
                Pooling.of(pooling)
                        .orElseThrow(() -> new ModelRefused("The manifest of " + manifest.name()
                                + " names the pooling \"" + pooling + "\"; cls, mean and last are possible.")),
                Boolean.TRUE.equals(manifest.normalise()),
                Objects.requireNonNullElse(manifest.queryPrefix(), ""),
                Objects.requireNonNullElse(manifest.passagePrefix(), ""));
    }

    private static <T> T required(ModelManifest manifest, String field, @Nullable T value) {
        if (value == null) {
            throw new ModelRefused("The manifest of " + manifest.name() + " lacks \"" + field
                    + "\", and an ONNX embedder cannot be used without it.");
        }
        return value;
    }
}
