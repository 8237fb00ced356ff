package org.cartulary.inference.bench;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.embedding.Lane;
import org.cartulary.inference.llama.GgufEncoding;
import org.cartulary.inference.llama.LlamaEmbeddingEngine;
import org.cartulary.inference.llama.LlamaRuntime;
import org.cartulary.inference.models.GgufHeader;
import org.cartulary.inference.models.ModelStore;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.onnx.OnnxLibraries;

/**
 * The other side of the comparison: a native engine in one process, each thread tokenising and embedding the next text
 * of the mix, without queue, socket or check. For every line on its input it embeds the mix once and prints the
 * nanoseconds.
 */
public final class RawEmbedding {
    private RawEmbedding() {}

    /** Directory of the model, directory of the native libraries, threads, count of texts. */
    public static void main(String[] arguments) throws IOException, OrtException, InterruptedException {
        StoredModel model = ModelStore.read(Path.of(arguments[0]));
        Path libraries = Path.of(arguments[1]);
        int threads = Integer.parseInt(arguments[2]);
        List<String> texts = BenchTexts.mix(Integer.parseInt(arguments[3]));
        List<Consumer<String>> loops = model.manifest().format().equals("onnx")
                ? onnx(model, libraries, threads)
                : llama(model, libraries, threads);
        PrintStream out = System.out;
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            out.println("nanos " + once(loops, texts));
            out.flush();
        }
        Runtime.getRuntime().halt(0);
    }

    private static long once(List<Consumer<String>> loops, List<String> texts) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        long began = System.nanoTime();
        for (Consumer<String> loop : loops) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = next.getAndIncrement(); i < texts.size(); i = next.getAndIncrement()) {
                    loop.accept(texts.get(i));
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return System.nanoTime() - began;
    }

    private static List<Consumer<String>> llama(StoredModel model, Path libraries, int threads) {
        GgufEncoding encoding = new GgufEncoding(model.manifest(), GgufHeader.read(model.file()));
        LlamaEmbeddingEngine engine =
                LlamaEmbeddingEngine.load(LlamaRuntime.open(libraries), model.file(), encoding, threads);
        List<Consumer<String>> loops = new ArrayList<>();
        for (Lane lane : engine.lanes()) {
            loops.add(text -> lane.read(engine.tokenise(text, Embedder.Input.PASSAGE)));
        }
        return loops;
    }

    private static List<Consumer<String>> onnx(StoredModel model, Path libraries, int threads)
            throws OrtException, IOException {
        OnnxLibraries.use(libraries);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        OrtSession session = environment.createSession(model.file().toString(), options);
        HuggingFaceTokenizer tokeniser =
                HuggingFaceTokenizer.newInstance(model.tokenizer(), Map.of("truncation", "false", "padding", "false"));
        return Collections.nCopies(
                threads,
                text -> run(environment, session, tokeniser.encode(text).getIds()));
    }

    private static void run(OrtEnvironment environment, OrtSession session, long[] ids) {
        long[] shape = {1, ids.length};
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        try (OnnxTensor tokens = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
                OnnxTensor types = OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[ids.length]), shape);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", tokens, "attention_mask", mask, "token_type_ids", types))) {
            float[] first = new float[384];
            ((OnnxTensor) result.get(0)).getFloatBuffer().get(first);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed", e);
        }
    }
}
