package org.cartulary.inference.models;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cartulary.inference.ModelCard;

/** Models by hash: {@code <directory>/<sha256>/manifest.json} and the files that it names. Thread-safe. */
public final class ModelStore {
    static final String MANIFEST = "manifest.json";
    private static final long MAX_MANIFEST_BYTES = 1 << 20;
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final Path directory;

    public ModelStore(Path directory) {
        this.directory = directory;
    }

    /**
     * All models, by name.
     *
     * @throws ModelRefused when a manifest cannot be read
     */
    public List<StoredModel> list() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve(MANIFEST)))
                    .map(ModelStore::read)
                    .sorted(Comparator.comparing(
                            (StoredModel model) -> model.manifest().name()))
                    .toList();
        } catch (IOException e) {
            throw new ModelRefused("The model store " + directory + " cannot be read: check its permissions.", e);
        }
    }

    /** The model with this hash. */
    public Optional<StoredModel> find(String sha256) {
        return list().stream()
                .filter(model -> model.manifest().sha256().equals(sha256))
                .findFirst();
    }

    /**
     * The model that serves a role unless the operator names another: of the defaults, the one that set-up measured as
     * the faster; where nothing was measured, a copy before the model that it was made from.
     *
     * @throws ModelRefused when there is none
     */
    public StoredModel defaultFor(ModelCard.Role role) {
        List<StoredModel> defaults = list().stream()
                .filter(model -> model.role() == role && model.isDefault())
                .toList();
        Optional<String> measured = role == ModelCard.Role.CHAT
                ? MeasuredDefault.of(directory).map(MeasuredDefault::sha256)
                : Optional.empty();
        return defaults.stream()
                .filter(model ->
                        measured.filter(model.manifest().sha256()::equals).isPresent())
                .findFirst()
                .orElseGet(() -> newest(defaults, role));
    }

    private StoredModel newest(List<StoredModel> defaults, ModelCard.Role role) {
        return defaults.stream()
                .filter(model -> defaults.stream()
                        .noneMatch(other -> model.manifest()
                                .sha256()
                                .equals(other.manifest().parent())))
                .findFirst()
                .orElseThrow(() -> new ModelRefused("The model store " + directory + " has no default model for " + role
                        + ": run deploy/cartulary setup."));
    }

    /** The directory that holds the models. */
    public Path directory() {
        return directory;
    }

    /** Writes a model's manifest into its directory. */
    static void write(StoredModel model) throws IOException {
        Path file = model.directory().resolve(MANIFEST);
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), model.manifest());
        Durable.sync(file);
    }

    /** SHA-256 of a model's manifest, in hex. */
    static String manifestHash(StoredModel model) {
        Path file = model.directory().resolve(MANIFEST);
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw new ModelRefused("The manifest " + file + " cannot be read: run deploy/cartulary setup.", e);
        }
    }

    /**
     * The model in a directory.
     *
     * @throws ModelRefused when its manifest cannot be read
     */
    public static StoredModel read(Path directory) {
        Path file = directory.resolve(MANIFEST);
        try {
            if (Files.size(file) > MAX_MANIFEST_BYTES) {
                throw new ModelRefused("The manifest " + file + " is larger than " + MAX_MANIFEST_BYTES + " bytes.");
            }
            ModelManifest manifest = JSON.readValue(file.toFile(), ModelManifest.class);
            if (manifest.file() == null || manifest.sha256() == null || manifest.role() == null) {
                throw new ModelRefused("The manifest " + file + " lacks file, sha256 or role.");
            }
            if (manifest.file().contains("/") || manifest.file().startsWith(".")) {
                throw new ModelRefused("The manifest " + file + " names a file outside of its directory.");
            }
            return new StoredModel(manifest, directory);
        } catch (IOException e) {
            throw new ModelRefused(
                    "The manifest " + file + " cannot be read: remove the directory and import the model again, or run"
                            + " deploy/cartulary setup where it is one of the defaults.",
                    e);
        }
    }
}
