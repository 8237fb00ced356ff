package org.cartulary.inference.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.cartulary.inference.ModelCard;
import org.jspecify.annotations.Nullable;

/** Takes GGUF files from disk into a store. Thread-safe: two imports of one file end with one copy. */
public final class ModelImporter {
    private static final Pattern PART = Pattern.compile(".*-\\d{5}-of-\\d{5}\\.gguf");
    private static final String FILE = "model.gguf";
    private static final int CHUNK_BYTES = 1 << 20;

    private final ModelRegistry registry;
    private final Path store;

    public ModelImporter(ModelRegistry registry) {
        this.registry = registry;
        this.store = registry.ownDirectory();
    }

    /**
     * What became of a file.
     *
     * @param fresh false where the installation had it already and nothing was done
     */
    public record Imported(StoredModel model, boolean fresh) {}

    /**
     * What the operator says of a model, beyond or against what its header says; null for what the header says.
     *
     * @param template name of a known chat template, for a model that brings none
     * @param pooling {@code mean}, {@code cls} or {@code last}
     * @param queryPrefix put before queries by an embedder
     * @param passagePrefix put before passages by an embedder
     */
    public record Statement(
            ModelCard.@Nullable Role role,
            @Nullable String name,
            @Nullable String licence,
            @Nullable String template,
            @Nullable String pooling,
            @Nullable String queryPrefix,
            @Nullable String passagePrefix) {
        /** Nothing beyond the header. */
        public static final Statement NONE = new Statement(null, null, null, null, null, null, null);
    }

    /**
     * Reads what a file says of itself, and its hash.
     *
     * @param progress hears how many bytes are done
     * @throws ModelRefused when it is not there or no GGUF that can be used; the message says why
     */
    public static ModelProfile inspect(Path file, LongConsumer progress) {
        requireWholeFile(file);
        GgufHeader header = GgufHeader.read(file);
        try {
            return ModelProfile.of(file, header, Files.size(file), Sha256.of(file, progress));
        } catch (IOException e) {
            throw new ModelRefused("The model file " + file + " cannot be read: check the disk.", e);
        }
    }

    /**
     * Copies a file into the store, which has it whole and durably, or not at all. A file that it has already is left.
     *
     * @param wanted hash of the file that was shown to the operator, or null
     * @param progress hears how many bytes are done
     * @param before hears of the copy while it is no part of the store yet; if it throws, the copy is discarded
     * @throws ModelRefused when the file cannot be used, is not the wanted one, or there is no room
     */
    public Imported take(
            Path file,
            Statement statement,
            @Nullable String wanted,
            LongConsumer progress,
            Consumer<StoredModel> before) {
        Optional<StoredModel> known = wanted == null ? Optional.empty() : registry.find(wanted);
        if (known.isPresent()) {
            return new Imported(known.get(), false);
        }
        requireWholeFile(file);
        GgufHeader.read(file);
        try {
            DiskRoom.REAL.require(store, file.toString(), Files.size(file));
            try (ModelDraft draft = ModelDraft.in(store)) {
                return copied(file, statement, wanted, progress, before, draft);
            }
        } catch (IOException e) {
            throw new ModelRefused(
                    "The model file " + file + " cannot be copied to " + store + " (" + e.getMessage()
                            + "): free disk space, or make it readable and writable. Nothing was left there.",
                    e);
        }
    }

    private Imported copied(
            Path file,
            Statement statement,
            @Nullable String wanted,
            LongConsumer progress,
            Consumer<StoredModel> before,
            ModelDraft draft)
            throws IOException {
        Path copy = draft.file(FILE);
        String sha256 = copy(file, copy, progress);
        if (wanted != null && !wanted.equals(sha256)) {
            throw new ModelRefused("The file " + file + " has the SHA-256 " + sha256 + ", but " + wanted
                    + " was to be imported: it was changed in between; look at it again.");
        }
        Optional<StoredModel> known = registry.find(sha256);
        if (known.isPresent()) {
            return new Imported(known.get(), false);
        }
        // Of the copy, not of the source, which may have changed since.
        ModelProfile profile = ModelProfile.of(file, GgufHeader.read(copy), Files.size(copy), sha256);
        before.accept(draft.seal(manifest(file, profile, statement)));
        return new Imported(draft.publish(), true);
    }

    private static String copy(Path from, Path to, LongConsumer progress) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] chunk = new byte[CHUNK_BYTES];
        long done = 0;
        try (InputStream in = Files.newInputStream(from);
                OutputStream out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
                out.write(chunk, 0, read);
                done += read;
                progress.accept(done);
            }
        }
        Durable.sync(to);
        return Sha256.hex(digest);
    }

    private static void requireWholeFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ModelRefused("There is no file " + file + " that the appliance can read: give the path of a GGUF"
                    + " file on the appliance's own machine.");
        }
        if (PART.matcher(String.valueOf(file.getFileName())).matches()) {
            throw new ModelRefused("The file " + file + " is one part of a split model: join the parts first with"
                    + " llama.cpp's llama-gguf-split --merge, and import the joined file.");
        }
    }

    private static ModelManifest manifest(Path file, ModelProfile profile, Statement statement) {
        ModelCard.Role role = Objects.requireNonNullElse(statement.role(), profile.role());
        String licence = Objects.requireNonNullElse(profile.licence(), "");
        return new ModelManifest(
                profile.sha256(),
                FILE,
                profile.bytes(),
                Objects.requireNonNullElse(statement.name(), profile.name()),
                role.name().toLowerCase(Locale.ROOT),
                "gguf",
                statement.licence() != null ? statement.licence() : licence.isEmpty() ? "not stated" : licence,
                "imported from " + file.getFileName(),
                profile.architecture(),
                profile.quantisation(),
                Math.toIntExact(profile.contextTokens()),
                false,
                false,
                null,
                role == ModelCard.Role.CHAT ? Objects.requireNonNullElse(statement.template(), "model") : null,
                null,
                null,
                statement.pooling(),
                role == ModelCard.Role.EMBEDDING ? true : null,
                statement.queryPrefix(),
                statement.passagePrefix(),
                null,
                null);
    }
}
