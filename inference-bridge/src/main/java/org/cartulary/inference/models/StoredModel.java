package org.cartulary.inference.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cartulary.inference.ModelCard;
import org.jspecify.annotations.Nullable;

/**
 * A model in the store.
 *
 * @param directory holds the manifest and the files that it names
 */
public record StoredModel(ModelManifest manifest, Path directory) {
    private static final Pattern NAMED_FOR = Pattern.compile("-(en|zh|de|fr|es|ja)(?=-|$)");
    private static final String TOKENIZER = "tokenizer.json";
    private static final String REMEDY = "remove its directory, and import the model again or, where it is one of the"
            + " defaults, run deploy/cartulary setup.";

    /** The model file. */
    public Path file() {
        return directory.resolve(manifest.file());
    }

    /** The tokenizer of an ONNX model. */
    public Path tokenizer() {
        return directory.resolve(TOKENIZER);
    }

    /** The manifest as its file has it, for whoever is shown evidence about the model. */
    public byte[] manifestBytes() {
        Path file = directory.resolve(ModelStore.MANIFEST);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ModelRefused("The manifest " + file + " cannot be read: check the disk.", e);
        }
    }

    /** What the model is for. */
    public ModelCard.Role role() {
        return Arrays.stream(ModelCard.Role.values())
                .filter(role -> role.name().equals(manifest.role().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new ModelRefused("The manifest in " + directory + " names the role \""
                        + manifest.role() + "\"; chat, embedding and rerank are possible."));
    }

    /** Whether it serves its role unless the operator names another. */
    public boolean isDefault() {
        return manifest.isDefault();
    }

    /**
     * Reads the files whole and compares their hashes with the manifest, and the manifest with the directory's name.
     * Size, time and inode are no proof, because whoever changes a file can set them; so this is done at every load.
     *
     * @throws ModelRefused when a file is missing or changed
     */
    public void requireIntact() {
        if (!String.valueOf(directory.getFileName()).equals(manifest.sha256())) {
            throw new ModelRefused("The manifest in " + directory + " says SHA-256 " + manifest.sha256()
                    + ", which is not the name of its directory: it was changed and its model is not loaded; "
                    + REMEDY);
        }
        requireHash(file(), manifest.sha256());
        String expected = manifest.tokenizerSha256();
        if (expected != null) {
            requireHash(tokenizer(), expected);
        }
    }

    /**
     * Compares the manifest with what was read of it before: pooling, prefixes and template change answers, and nothing
     * that is said of an answer later would tell of it.
     *
     * @throws ModelRefused when it says something else now
     */
    public void requireManifest(ModelManifest expected) {
        if (!manifest.equals(expected)) {
            throw new ModelRefused("The manifest " + directory.resolve(ModelStore.MANIFEST)
                    + " was changed after the appliance had read it, so its model is not loaded: put it back, or restart"
                    + " the appliance to use it as it is now.");
        }
    }

    /** The card of this model as a worker serves it. */
    public ModelCard card(String kernel, int contextTokens) {
        return new ModelCard(
                manifest.sha256(),
                manifest.name(),
                role(),
                manifest.quantisation(),
                manifest.licence(),
                kernel,
                contextTokens,
                manifest.demonstrationOnly(),
                languages());
    }

    /**
     * As the manifest says; else an embedder that is named for a language, as in {@code bge-small-en-v1.5}, knows that alone.
     */
    private List<String> languages() {
        List<String> stated = manifest.languages();
        if (stated != null) {
            return stated;
        }
        Matcher named = NAMED_FOR.matcher(manifest.name());
        return role() == ModelCard.Role.EMBEDDING && named.find() ? List.of(named.group(1)) : List.of();
    }

    private static void requireHash(Path file, @Nullable String expected) {
        if (!Files.isRegularFile(file)) {
            throw new ModelRefused("The model file " + file + " is missing: " + REMEDY);
        }
        try {
            String actual = Sha256.of(file);
            if (!actual.equals(expected)) {
                throw new ModelRefused("The model file " + file + " has the SHA-256 " + actual
                        + ", but its manifest says " + expected
                        + ": it was changed or damaged and is not loaded; " + REMEDY);
            }
        } catch (IOException e) {
            throw new ModelRefused("The model file " + file + " cannot be read: check the disk.", e);
        }
    }
}
