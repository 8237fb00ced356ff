package org.cartulary.inference.models;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model on its way into a store: its files lie in a directory that no reader of the store looks at, until
 * {@link #publish} moves them in, whole. Closed without that, it leaves nothing. Used by one thread.
 */
final class ModelDraft implements AutoCloseable {
    private static final String PREFIX = ".draft-";

    private final Path store;
    private final Path root;
    private final Path unnamed;
    private @Nullable StoredModel sealed;

    private ModelDraft(Path store, Path root) {
        this.store = store;
        this.root = root;
        this.unnamed = root.resolve("model");
    }

    static ModelDraft in(Path store) throws IOException {
        Files.createDirectories(store);
        ModelDraft draft = new ModelDraft(store, Files.createTempDirectory(store, PREFIX));
        Files.createDirectory(draft.unnamed);
        return draft;
    }

    /** Removes what processes that were killed left behind. Only while nobody else writes to the store. */
    static void sweep(Path store) throws IOException {
        if (!Files.isDirectory(store)) {
            return;
        }
        List<Path> left;
        try (Stream<Path> entries = Files.list(store)) {
            left = entries.filter(entry -> String.valueOf(entry.getFileName()).startsWith(PREFIX))
                    .toList();
        }
        for (Path draft : left) {
            Durable.deleteTree(draft);
        }
    }

    /** Where a file of the model is to be written. */
    Path file(String name) {
        return unnamed.resolve(name);
    }

    /** Adds the manifest; the model can be loaded from where it lies now, but is no part of the store yet. */
    StoredModel seal(ModelManifest manifest) throws IOException {
        ModelStore.write(new StoredModel(manifest, unnamed));
        Files.setPosixFilePermissions(unnamed, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path named = root.resolve(manifest.sha256());
        Durable.move(unnamed, named);
        StoredModel model = ModelStore.read(named);
        sealed = model;
        return model;
    }

    /**
     * Moves the model into the store, durably.
     *
     * @throws FileAlreadyExistsException when the store has it already
     */
    StoredModel publish() throws IOException {
        StoredModel model = sealed;
        if (model == null) {
            throw new IllegalStateException("A model is sealed before it is published");
        }
        Path home = store.resolve(model.manifest().sha256());
        if (Files.exists(home)) {
            throw new FileAlreadyExistsException(home.toString());
        }
        Durable.sync(model.directory());
        Durable.move(model.directory(), home);
        return ModelStore.read(home);
    }

    @Override
    public void close() throws IOException {
        Durable.deleteTree(root);
    }
}
