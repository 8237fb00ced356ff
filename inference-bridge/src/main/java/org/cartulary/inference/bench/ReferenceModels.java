package org.cartulary.inference.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.cartulary.inference.llama.LlamaQuantizer;
import org.cartulary.inference.llama.LlamaRuntime;
import org.cartulary.inference.models.ModelStore;
import org.cartulary.inference.models.StoredModel;
import org.jspecify.annotations.Nullable;

/**
 * The default embedder's 32-bit original as ONNX, and made into GGUF here, each as a model that a worker serves. The
 * original comes with {@code deploy/cartulary setup reference}; nothing needs it but benchmarks and tests.
 */
public final class ReferenceModels {
    /** SHA-256 of the original. */
    public static final String ORIGINAL = "828e1496d7fabb79cfa4dcd84fa38625c0d3d21da474a00f08db0f559940cf35";

    private static final int DIMENSION = 384;
    private static final int MAX_TOKENS = 512;
    private static final String QUERY_PREFIX = "Represent this sentence for searching relevant passages: ";

    private final Path original;
    private final Path made;

    private ReferenceModels(Path original, Path made) {
        this.original = original;
        this.made = made;
    }

    /**
     * The original in a cache.
     *
     * @param made directory for what is made of it; files that lie there from an earlier time are used again
     * @return empty where set-up has not fetched it
     */
    public static Optional<ReferenceModels> in(Path cache, Path made) {
        Path original = cache.resolve("reference").resolve(ORIGINAL);
        return Files.isRegularFile(original.resolve("model.onnx"))
                ? Optional.of(new ReferenceModels(original, made))
                : Optional.empty();
    }

    /** The original, for ONNX Runtime. */
    public StoredModel onnx() throws IOException {
        Path home = Files.createDirectories(made.resolve("onnx"));
        link(home, "model.onnx");
        link(home, "tokenizer.json");
        return store(home, "model.onnx", "onnx", "F32");
    }

    /** The original as a GGUF of 32-bit floats. */
    public StoredModel gguf() throws IOException {
        Path home = Files.createDirectories(made.resolve("F32"));
        Path file = home.resolve("model.gguf");
        if (!Files.exists(file)) {
            Path draft = Files.createTempFile(home, "converting", ".gguf");
            Files.delete(draft);
            BertConversion.convert(original.resolve("model.onnx"), original.resolve("tokenizer.json"), draft);
            Files.move(draft, file);
        }
        return store(home, "model.gguf", "gguf", "F32");
    }

    /** The GGUF in another quantisation. Loads llama.cpp into this process. */
    public StoredModel gguf(LlamaRuntime runtime, LlamaQuantizer.Type type) throws IOException {
        Path home = Files.createDirectories(made.resolve(type.name()));
        Path file = home.resolve("model.gguf");
        if (!Files.exists(file)) {
            Path draft = Files.createTempFile(home, "quantising", ".gguf");
            new LlamaQuantizer(runtime).quantize(gguf().file(), draft, type, 1);
            Files.move(draft, file);
        }
        return store(home, "model.gguf", "gguf", type.name());
    }

    private void link(Path home, String name) throws IOException {
        link(home, original.resolve(name));
    }

    private static void link(Path directory, Path target) throws IOException {
        Path link = directory.resolve(target.getFileName());
        if (!Files.exists(link)) {
            Files.createSymbolicLink(link, target.toAbsolutePath());
        }
    }

    /** As a store has it: in a directory whose name is the model's hash. */
    private static StoredModel store(Path made, String file, String format, String quantisation) throws IOException {
        boolean onnx = format.equals("onnx");
        String hash = sha256(made.resolve(file));
        Path home = Files.createDirectories(made.resolve(hash));
        link(home, made.resolve(file));
        if (onnx) {
            link(home, made.resolve("tokenizer.json"));
        }
        Map<String, @Nullable Object> manifest = new LinkedHashMap<>();
        manifest.put("sha256", hash);
        manifest.put("file", file);
        manifest.put("bytes", Files.size(home.resolve(file)));
        manifest.put("name", "bge-small-en-v1.5 " + quantisation);
        manifest.put("role", "embedding");
        manifest.put("format", format);
        manifest.put("licence", "MIT");
        manifest.put("source", "made here from " + ORIGINAL);
        manifest.put("architecture", "bert");
        manifest.put("quantisation", quantisation);
        manifest.put("demonstrationOnly", false);
        manifest.put("default", false);
        manifest.put("parent", onnx ? null : ORIGINAL);
        manifest.put("dimension", onnx ? DIMENSION : null);
        manifest.put("maxTokens", onnx ? MAX_TOKENS : null);
        manifest.put("pooling", onnx ? "cls" : null);
        manifest.put("normalise", true);
        manifest.put("queryPrefix", QUERY_PREFIX);
        manifest.put("passagePrefix", "");
        manifest.put("tokenizerSha256", onnx ? sha256(home.resolve("tokenizer.json")) : null);
        new JsonMapper().writeValue(home.resolve("manifest.json").toFile(), manifest);
        return ModelStore.read(home);
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
