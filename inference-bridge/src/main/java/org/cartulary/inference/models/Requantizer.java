package org.cartulary.inference.models;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.process.ForkedJava;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes copies of models in a quantisation that this machine runs faster. The work is done by a process of its own; the
 * copy appears in the store whole or not at all, with a manifest that names its parent.
 */
public final class Requantizer {
    /** Set-up's choice: nothing is lost, and a CPU reads it about twice as fast as a 2-bit file. */
    public static final String Q8_0 = "Q8_0";

    private static final Logger LOG = LoggerFactory.getLogger(Requantizer.class);
    private static final String MAIN = "org.cartulary.inference.worker.RequantizeMain";
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final int LAST_LINES = 5;

    private final Path store;
    private final Path llamaLibraries;
    private final String classPath;

    /**
     * @param store directory of the model store
     * @param llamaLibraries directory of llama.cpp's shared libraries
     * @param classPath that has this module and its dependencies, in the form of {@code -cp}
     */
    public Requantizer(Path store, Path llamaLibraries, String classPath) {
        this.store = store;
        this.llamaLibraries = llamaLibraries;
        this.classPath = classPath;
    }

    /**
     * The faster copy of the store's default chat model, made where it is missing. For set-up; idempotent.
     *
     * @throws ModelRefused when the model is not intact or cannot be copied
     */
    public StoredModel ensureFasterDefault() {
        StoredModel model = new ModelStore(store).defaultFor(ModelCard.Role.CHAT);
        return model.manifest().parent() == null
                        && !model.manifest().quantisation().equals(Q8_0)
                ? requantize(model, Q8_0)
                : model;
    }

    /**
     * The copy of a model in another quantisation, made where it is missing.
     *
     * @param type for example {@link #Q8_0}
     * @throws ModelRefused when the model is not intact or cannot be copied
     */
    public StoredModel requantize(StoredModel source, String type) {
        Optional<StoredModel> existing = new ModelStore(store)
                .list().stream()
                        .filter(model -> source.manifest()
                                        .sha256()
                                        .equals(model.manifest().parent())
                                && model.manifest().quantisation().equals(type))
                        .findFirst();
        if (existing.isPresent()) {
            return existing.get();
        }
        source.requireIntact();
        GgufHeader.read(source.file());
        try {
            Path draft = Files.createTempDirectory(store, ".copying");
            try {
                return publish(source, type, draft);
            } finally {
                discard(draft);
            }
        } catch (IOException e) {
            throw new ModelRefused(
                    "The copy of " + source.manifest().name() + " cannot be written to " + store
                            + ": free disk space, or make it writable.",
                    e);
        }
    }

    private StoredModel publish(StoredModel source, String type, Path draft) throws IOException {
        Path file = draft.resolve(source.manifest().file());
        copy(source.file(), file, type);
        GgufHeader.read(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        ModelManifest manifest = manifest(source.manifest(), type, Sha256.of(file), Files.size(file));
        ModelStore.write(new StoredModel(manifest, draft));
        Path home = store.resolve(manifest.sha256());
        Files.setPosixFilePermissions(draft, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
        return ModelStore.read(home);
    }

    private void copy(Path source, Path target, String type) throws IOException {
        String settings = new RequantizeSettings(
                        llamaLibraries.toAbsolutePath().toString(),
                        source.toAbsolutePath().toString(),
                        target.toAbsolutePath().toString(),
                        type,
                        Runtime.getRuntime().availableProcessors())
                .toLine();
        ConcurrentLinkedDeque<String> lines = new ConcurrentLinkedDeque<>();
        ForkedJava.Launch launch =
                new ForkedJava.Launch(MAIN, classPath, List.of("-Xmx256m"), Map.of("GGML_NO_BACKTRACE", "1"));
        try (ForkedJava process = ForkedJava.start(launch, settings, line -> keep(lines, line))) {
            String end = process.awaitEnd(LIMIT.toMillis()).orElse("no end within " + LIMIT);
            if (!end.equals("exit code 0")) {
                throw new ModelRefused("The " + type + " copy of " + source + " could not be made (" + end + "): "
                        + String.join(" | ", lines));
            }
        }
    }

    private static void keep(ConcurrentLinkedDeque<String> lines, String line) {
        LOG.debug("{}", line);
        lines.addLast(line);
        while (lines.size() > LAST_LINES) {
            lines.pollFirst();
        }
    }

    private static ModelManifest manifest(ModelManifest parent, String type, String sha256, long bytes) {
        return new ModelManifest(
                sha256,
                parent.file(),
                bytes,
                parent.name().contains(parent.quantisation())
                        ? parent.name().replace(parent.quantisation(), type)
                        : parent.name() + " " + type,
                parent.role(),
                parent.format(),
                parent.licence(),
                "made here from " + parent.sha256() + " by llama.cpp",
                parent.architecture(),
                type,
                parent.contextTokens(),
                parent.demonstrationOnly(),
                parent.isDefault(),
                parent.sha256(),
                parent.template(),
                parent.dimension(),
                parent.maxTokens(),
                parent.pooling(),
                parent.normalise(),
                parent.queryPrefix(),
                parent.passagePrefix(),
                parent.tokenizerSha256());
    }

    private static void discard(Path draft) throws IOException {
        if (Files.isDirectory(draft)) {
            try (var files = Files.list(draft)) {
                for (Path file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.delete(draft);
        }
    }
}
