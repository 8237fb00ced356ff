package org.cartulary.inference.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.supervision.InferenceConfig;
import org.cartulary.inference.supervision.InferenceWorkers;

/**
 * One embedder through the worker, its queue and its socket, and the same model, library and number of threads in a bare
 * loop in a process of its own. Both embed the same texts: see {@link BenchTexts}. The worker gets them as two calls at
 * once, as indexing sends them. Used by one thread.
 */
public final class EmbeddingSides implements AutoCloseable {
    private static final int CALLS = 2;

    private final List<String> texts;
    private final InferenceWorkers workers;
    private final Process raw;
    private final BufferedReader answers;

    private EmbeddingSides(List<String> texts, InferenceWorkers workers, Process raw) {
        this.texts = texts;
        this.workers = workers;
        this.raw = raw;
        this.answers = raw.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts both.
     *
     * @param cache that set-up filled
     * @param directory for the worker's socket
     * @param threads that compute, on either side
     * @param count of texts, as {@link BenchTexts#mix} takes it
     */
    public static EmbeddingSides start(Path cache, Path directory, StoredModel model, int threads, int count)
            throws IOException {
        InferenceConfig config = InferenceConfig.defaults(cache, directory)
                .with(ModelCard.Role.CHAT, null)
                .with(ModelCard.Role.EMBEDDING, model)
                .withThreads(1, threads);
        InferenceConfig.Libraries libraries = InferenceConfig.libraries(cache);
        Path code = model.manifest().format().equals("onnx") ? libraries.onnx() : libraries.llama();
        Process raw = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx384m",
                        "-cp",
                        libraries.classPath(),
                        RawEmbedding.class.getName(),
                        model.directory().toAbsolutePath().toString(),
                        code.toAbsolutePath().toString(),
                        String.valueOf(threads),
                        String.valueOf(count))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        InferenceWorkers workers = InferenceWorkers.start(config);
        workers.awaitReady();
        return new EmbeddingSides(BenchTexts.mix(count), workers, raw);
    }

    /** Texts a second through the worker. */
    public double worker() {
        Embedder embedder = workers.embedder();
        long began = System.nanoTime();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            int share = texts.size() / CALLS;
            List<Future<List<float[]>>> calls = IntStream.range(0, CALLS)
                    .mapToObj(i -> callers.submit(
                            () -> embedder.embed(texts.subList(i * share, (i + 1) * share), Embedder.Input.PASSAGE)))
                    .toList();
            for (Future<List<float[]>> call : calls) {
                call.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("The worker failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
        return rate(System.nanoTime() - began);
    }

    /** Texts a second in the bare loop. */
    public double raw() {
        try {
            raw.outputWriter(StandardCharsets.UTF_8).append('\n').flush();
            String line = answers.readLine();
            while (line != null && !line.startsWith("nanos ")) {
                line = answers.readLine();
            }
            if (line == null) {
                throw new IllegalStateException("The bare loop ended");
            }
            return rate(Long.parseLong(line.substring("nanos ".length())));
        } catch (IOException e) {
            throw new UncheckedIOException("The bare loop is gone", e);
        }
    }

    @Override
    public void close() {
        raw.destroyForcibly();
        workers.close();
    }

    private double rate(long nanos) {
        return texts.size() * 1e9 / nanos;
    }
}
