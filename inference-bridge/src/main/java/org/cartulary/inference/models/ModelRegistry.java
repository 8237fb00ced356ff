package org.cartulary.inference.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.cartulary.inference.ModelCard;

/**
 * The models of an installation: those that it imported, in a store of its own, and set-up's defaults, in the cache,
 * which may be read-only; and which of them the operator chose for each role. One for a home. Thread-safe.
 */
public final class ModelRegistry {
    /** Fewest digits of a hash that stand for a model. */
    private static final int LEAST_DIGITS = 8;

    private final ModelStore own;
    private final ModelStore defaults;
    private final RoleChoices choices;

    private ModelRegistry(ModelStore own, ModelStore defaults, RoleChoices choices) {
        this.own = own;
        this.defaults = defaults;
        this.choices = choices;
    }

    /**
     * Opens the models of a home, and removes what an import that was killed left there.
     *
     * @param own directory of the installation's store; made with mode 0700 where it is missing
     * @param defaults directory of set-up's store
     * @throws ModelRefused when its own store cannot be made
     */
    public static ModelRegistry open(Path own, Path defaults) {
        try {
            Files.createDirectories(own);
            Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
            ModelDraft.sweep(own);
            return new ModelRegistry(
                    new ModelStore(own), new ModelStore(defaults), new RoleChoices(own.resolve("in-use.json")));
        } catch (IOException e) {
            throw new ModelRefused("The model store " + own + " cannot be made or tidied: make it writable.", e);
        }
    }

    /** The models of a home that another process may hold; nothing is made or tidied. */
    public static ModelRegistry read(Path own, Path defaults) {
        return new ModelRegistry(
                new ModelStore(own), new ModelStore(defaults), new RoleChoices(own.resolve("in-use.json")));
    }

    /** Where imports go. */
    public Path ownDirectory() {
        return own.directory();
    }

    /** All models, the installation's own first; one that is in both stores is named once, as set-up's. */
    public List<StoredModel> list() {
        List<StoredModel> standard = defaults.list();
        return Stream.concat(
                        own.list().stream()
                                .filter(model -> standard.stream().noneMatch(other -> sameFile(model, other))),
                        standard.stream())
                .toList();
    }

    /** Whether a model was imported here, and can be removed. */
    public boolean isOwn(StoredModel model) {
        return own.directory().equals(model.directory().getParent());
    }

    /** The model with exactly this hash. */
    public Optional<StoredModel> find(String sha256) {
        return list().stream()
                .filter(model -> model.manifest().sha256().equals(sha256))
                .findFirst();
    }

    /**
     * The model that a person means.
     *
     * @param nameOrHash its name, or at least the first 8 digits of its hash
     * @throws ModelRefused when there is none, or more than one
     */
    public StoredModel require(String nameOrHash) {
        String digits = nameOrHash.toLowerCase(Locale.ROOT);
        List<StoredModel> meant = list().stream()
                .filter(model -> model.manifest().name().equals(nameOrHash)
                        || (digits.length() >= LEAST_DIGITS
                                && model.manifest().sha256().startsWith(digits)))
                .toList();
        if (meant.size() == 1) {
            return meant.getFirst();
        }
        throw new ModelRefused(
                meant.isEmpty()
                        ? "There is no model \"" + nameOrHash + "\": give a name as models list prints it, or at least "
                                + LEAST_DIGITS + " digits of a hash."
                        : meant.size() + " models are called \"" + nameOrHash + "\": give the first digits of the hash "
                                + "instead, as models list prints it.");
    }

    /**
     * The model that is to serve a role: the chosen one, else set-up's default. Never another in place of a chosen one.
     *
     * @throws ModelRefused when the chosen one is not there or its manifest was changed, or there is no default
     */
    public StoredModel serving(ModelCard.Role role) {
        Optional<RoleChoices.Choice> choice = choices.of(role);
        return choice.isPresent() ? chosen(role, choice.get()) : defaults.defaultFor(role);
    }

    /** Whether the operator chose what serves a role. */
    public boolean isChosen(ModelCard.Role role) {
        return choices.of(role).isPresent();
    }

    private StoredModel chosen(ModelCard.Role role, RoleChoices.Choice choice) {
        String what = "The model " + choice.name() + " (" + choice.sha256() + "), which was chosen for "
                + role.name().toLowerCase(Locale.ROOT) + ", ";
        String remedy = "put it back, or choose another: deploy/cartulary models use NAME.";
        StoredModel model = Stream.of(own, defaults)
                .map(store -> store.directory().resolve(choice.sha256()))
                .filter(Files::isDirectory)
                .map(ModelStore::read)
                .findFirst()
                .orElseThrow(() -> new ModelRefused(what + "is not in the store: " + remedy));
        if (!ModelStore.manifestHash(model).equals(choice.manifestSha256())) {
            throw new ModelRefused(what + "has another manifest than when it was chosen: " + remedy);
        }
        return model;
    }

    /** Notes the operator's choice, durably; set-up's default is chosen by the absence of a choice. */
    public synchronized void choose(StoredModel model) {
        Optional<StoredModel> standard = defaultFor(model.role());
        if (standard.isPresent() && sameFile(standard.get(), model)) {
            choices.clear(model.role());
        } else {
            choices.set(
                    model.role(),
                    new RoleChoices.Choice(
                            model.manifest().sha256(),
                            ModelStore.manifestHash(model),
                            model.manifest().name()));
        }
    }

    /** Takes the operator's choice back, durably; set-up's default serves the role then, if there is one. */
    public synchronized void unchoose(ModelCard.Role role) {
        choices.clear(role);
    }

    /** The name of the model that the operator chose for a role, be it there or not. */
    public Optional<String> choice(ModelCard.Role role) {
        return choices.of(role).map(RoleChoices.Choice::name);
    }

    /**
     * Says why a model may not be removed, if so.
     *
     * @throws ModelRefused when it is one of set-up's, or chosen for a role
     */
    public void requireRemovable(StoredModel model) {
        String name = model.manifest().name();
        if (!isOwn(model)) {
            throw new ModelRefused(name + " belongs to set-up's models in " + defaults.directory()
                    + ", which other installations may share: it is not removed.");
        }
        for (ModelCard.Role role : ModelCard.Role.values()) {
            if (choices.of(role)
                    .filter(choice -> choice.sha256().equals(model.manifest().sha256()))
                    .isPresent()) {
                throw new ModelRefused(name + " is in use for " + role.name().toLowerCase(Locale.ROOT)
                        + ": choose another first with models use.");
            }
        }
    }

    /**
     * Deletes an imported model.
     *
     * @throws ModelRefused when it is one of set-up's, is chosen for a role, or cannot be deleted
     */
    public synchronized void remove(StoredModel model) {
        requireRemovable(model);
        try {
            // Out of every reader's sight first, whole; a crash while deleting leaves a draft, which the next start
            // sweeps.
            Path grave = Files.createTempDirectory(own.directory(), ".draft-");
            Durable.move(model.directory(), grave.resolve(model.manifest().sha256()));
            Durable.sync(own.directory());
            Durable.deleteTree(grave);
        } catch (IOException e) {
            throw new ModelRefused(
                    model.manifest().name() + " cannot be removed from " + own.directory() + ": make it writable.", e);
        }
    }

    private Optional<StoredModel> defaultFor(ModelCard.Role role) {
        return defaults.list().stream().anyMatch(model -> model.role() == role && model.isDefault())
                ? Optional.of(defaults.defaultFor(role))
                : Optional.empty();
    }

    private static boolean sameFile(StoredModel one, StoredModel other) {
        return one.manifest().sha256().equals(other.manifest().sha256());
    }
}
