package org.cartulary.inference.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.embedding.Vectors;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.supervision.InferenceConfig;
import org.cartulary.inference.supervision.InferenceWorkers;

/**
 * How near one embedder's vectors are to another's for the same texts.
 *
 * @param least smallest cosine
 * @param mean mean cosine
 */
public record VectorAgreement(double least, double mean) {
    private static final int BATCH = 32;

    /** Compares vectors of the same texts, in the same order. */
    public static VectorAgreement of(List<float[]> some, List<float[]> others) {
        double least = 1;
        double sum = 0;
        for (int i = 0; i < some.size(); i++) {
            double cosine = Vectors.cosine(some.get(i), others.get(i));
            least = Math.min(least, cosine);
            sum += cosine;
        }
        return new VectorAgreement(least, sum / some.size());
    }

    /** The vectors of texts, by a worker that runs for this only. Texts beyond the window are read in windows. */
    public static List<float[]> vectors(
            Path cache, Path directory, StoredModel model, List<String> texts, Embedder.Input input) {
        InferenceConfig config = InferenceConfig.defaults(cache, directory)
                .with(ModelCard.Role.CHAT, null)
                .with(ModelCard.Role.EMBEDDING, model);
        List<float[]> vectors = new ArrayList<>();
        try (InferenceWorkers workers = InferenceWorkers.start(config)) {
            for (int from = 0; from < texts.size(); from += BATCH) {
                List<String> batch = texts.subList(from, Math.min(texts.size(), from + BATCH));
                vectors.addAll(workers.embedder().embed(batch, input, Embedder.Overlong.WINDOWS));
            }
        }
        return vectors;
    }
}
