package org.cartulary.appliance.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.bench.BenchTexts;
import org.cartulary.inference.bench.EmbeddingSides;
import org.cartulary.inference.bench.ReferenceModels;
import org.cartulary.inference.models.ModelStore;
import org.cartulary.inference.models.StoredModel;

/**
 * What the worker, its queue and its socket cost an embedder, against a bare loop in one process; by ONNX Runtime, and,
 * where {@code setup reference} has fetched the original, by llama.cpp too; with one thread and with two.
 */
final class EmbeddingBenchmark {
    private static final List<Integer> THREADS = List.of(1, 2);

    private EmbeddingBenchmark() {}

    static Measurements run(Path cache, Path scratch, Findings findings) throws IOException {
        StoredModel bundled = new ModelStore(cache.resolve("models")).defaultFor(ModelCard.Role.EMBEDDING);
        for (StoredModel model : models(bundled, cache, scratch)) {
            for (int threads : THREADS) {
                String name = name(model, threads);
                findings.add(name, () -> compare(cache, scratch, model, threads, name));
            }
        }
        return findings.on(Benchmarks.processors());
    }

    private static List<StoredModel> models(StoredModel bundled, Path cache, Path scratch) throws IOException {
        List<StoredModel> models = new ArrayList<>(List.of(bundled));
        var reference = ReferenceModels.in(cache, scratch.resolve("made"));
        if (reference.isPresent()) {
            models.add(reference.get().gguf());
        }
        return models;
    }

    private static String name(StoredModel model, int threads) {
        return "embedding-" + model.manifest().format() + "-"
                + model.manifest().quantisation().toLowerCase(Locale.ROOT) + "-" + threads;
    }

    private static Comparison compare(Path cache, Path scratch, StoredModel model, int threads, String name) {
        // A 32-bit original reads few texts a second.
        int texts = model.manifest().format().equals("gguf") ? BenchTexts.ALL / 4 : BenchTexts.ALL;
        try (EmbeddingSides sides = EmbeddingSides.start(cache, scratch, model, threads, texts)) {
            return Comparison.of(
                    name,
                    "texts per second on " + threads + " threads, " + texts + " texts of mixed lengths",
                    new Comparison.Measured("through the worker, two calls at once", sides::worker),
                    new Comparison.Measured("a bare loop in one process, one text at a time", sides::raw));
        } catch (IOException e) {
            throw new UncheckedIOException("The sides of " + name + " could not be made", e);
        }
    }
}
