package org.cartulary.inference.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.process.ForkedJava;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes copies of models in a quantisation that this machine runs faster. The work is done by a process of its own; the
 * copy appears in the store whole or not at all, with a manifest that names its parent.
 */
public final class Requantizer {
    /** Set-up's copy: nothing is lost, and some processors read it twice as fast as a 2-bit file, others more slowly. */
    public static final String Q8_0 = "Q8_0";

    private static final List<String> TYPES = List.of("Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q4_0");
    private static final Logger LOG = LoggerFactory.getLogger(Requantizer.class);
    private static final String MAIN = "org.cartulary.inference.worker.RequantizeMain";
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final int LAST_LINES = 5;

    private final Path store;
    private final Path llamaLibraries;
    private final String classPath;
    private final DiskRoom room;

    /**
     * @param store directory of the model store
     * @param llamaLibraries directory of llama.cpp's shared libraries
     * @param classPath that has this module and its dependencies, in the form of {@code -cp}
     */
    public Requantizer(Path store, Path llamaLibraries, String classPath) {
        this(store, llamaLibraries, classPath, DiskRoom.REAL);
    }

    Requantizer(Path store, Path llamaLibraries, String classPath, DiskRoom room) {
        this.store = store;
        this.llamaLibraries = llamaLibraries;
        this.classPath = classPath;
        this.room = room;
    }

    /**
     * The default chat model as it was fetched, and its Q8_0 copy, made where it is missing. For set-up, which holds the
     * cache's lock, so that what an earlier set-up left here when it was killed is removed too; idempotent.
     *
     * @return both; the one that there is where it is Q8_0 itself
     * @throws ModelRefused when the model is not intact or cannot be copied
     */
    public List<StoredModel> ensureDefaultCopy() {
        sweep();
        ModelStore models = new ModelStore(store);
        StoredModel serving = models.defaultFor(ModelCard.Role.CHAT);
        String parent = serving.manifest().parent();
        StoredModel fetched = parent == null
                ? serving
                : models.find(parent).filter(StoredModel::isDefault).orElse(serving);
        return fetched.manifest().quantisation().equals(Q8_0)
                ? List.of(fetched)
                : List.of(fetched, requantize(fetched, Q8_0));
    }

    private void sweep() {
        try {
            ModelDraft.sweep(store);
        } catch (IOException e) {
            throw new ModelRefused("The model store " + store + " cannot be tidied: make it writable.", e);
        }
    }

    /**
     * The copy of a model in another quantisation, made where it is missing.
     *
     * @param type for example {@link #Q8_0}; one of {@link #types}
     * @throws ModelRefused when the model is not intact or cannot be copied
     */
    public StoredModel requantize(StoredModel source, String type) {
        return requantize(source, type, copy -> {});
    }

    /**
     * As {@link #requantize(StoredModel, String)}, with a last word before the copy is in the store.
     *
     * @param before hears of the copy while it is no part of the store yet; if it throws, the copy is discarded
     */
    public StoredModel requantize(StoredModel source, String type, Consumer<StoredModel> before) {
        if (!types().contains(type)) {
            throw new ModelRefused(
                    "\"" + type + "\" is no type to copy a model to: " + String.join(", ", types()) + " are possible.");
        }
        Optional<StoredModel> existing = new ModelStore(store)
                .list().stream().filter(model -> isCopy(model, source, type)).findFirst();
        if (existing.isPresent()) {
            return existing.get();
        }
        source.requireIntact();
        requireRoom(source, type);
        try (ModelDraft draft = ModelDraft.in(store)) {
            Path file = draft.file(source.manifest().file());
            copy(source.file(), file, type);
            GgufHeader.read(file);
            Durable.sync(file);
            StoredModel copy =
                    draft.seal(manifest(source.manifest(), type, isDefault(source), Sha256.of(file), Files.size(file)));
            before.accept(copy);
            return draft.publish();
        } catch (IOException e) {
            throw new ModelRefused(
                    "The copy of " + source.manifest().name() + " cannot be written to " + store + " (" + e.getMessage()
                            + "): free disk space, or make it writable.",
                    e);
        }
    }

    private void requireRoom(StoredModel source, String type) {
        long bytes = GgufHeader.read(source.file()).parameters() * bits(type) / Byte.SIZE;
        try {
            Files.createDirectories(store);
            room.require(store, source.manifest().name() + " in " + type, bytes);
        } catch (IOException e) {
            throw new ModelRefused("The model store " + store + " cannot be made or measured: make it writable.", e);
        }
    }

    /** Of a weight, from above: in a copy of a mixed type some tensors are stored in a finer one. */
    private static int bits(String type) {
        return switch (type) {
            case Q8_0 -> 9;
            case "Q6_K", "Q5_K_M" -> 7;
            default -> 6;
        };
    }

    /** Types that a copy can have, by llama.cpp's names. */
    public static List<String> types() {
        return TYPES;
    }

    /** Whether a model is the copy of another in a type. */
    public static boolean isCopy(StoredModel model, StoredModel source, String type) {
        return source.manifest().sha256().equals(model.manifest().parent())
                && model.manifest().quantisation().equals(type);
    }

    /** A copy serves by default where set-up makes it beside a default; one that an operator makes is to be chosen. */
    private boolean isDefault(StoredModel source) {
        return source.isDefault()
                && store.toAbsolutePath()
                        .equals(source.directory().toAbsolutePath().getParent());
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

    private static ModelManifest manifest(
            ModelManifest parent, String type, boolean isDefault, String sha256, long bytes) {
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
                isDefault,
                parent.sha256(),
                parent.template(),
                parent.dimension(),
                parent.maxTokens(),
                parent.pooling(),
                parent.normalise(),
                parent.queryPrefix(),
                parent.passagePrefix(),
                parent.tokenizerSha256(),
                parent.languages());
    }
}
