package org.cartulary.inference.models;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.cartulary.inference.ModelCard;

/** Which models the operator chose, in one file that is replaced whole. Guarded by its owner's lock. */
final class RoleChoices {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long MAX_BYTES = 1 << 16;

    private final Path file;

    RoleChoices(Path file) {
        this.file = file;
    }

    /**
     * A choice.
     *
     * @param sha256 of the model file
     * @param manifestSha256 of the manifest when it was chosen: prefix and template change answers as weights do
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Choice(String sha256, String manifestSha256, String name) {}

    Optional<Choice> of(ModelCard.Role role) {
        return Optional.ofNullable(read().get(role));
    }

    void set(ModelCard.Role role, Choice choice) {
        Map<ModelCard.Role, Choice> choices = read();
        choices.put(role, choice);
        write(choices);
    }

    void clear(ModelCard.Role role) {
        Map<ModelCard.Role, Choice> choices = read();
        if (choices.remove(role) != null) {
            write(choices);
        }
    }

    private Map<ModelCard.Role, Choice> read() {
        Map<ModelCard.Role, Choice> choices = new EnumMap<>(ModelCard.Role.class);
        if (!Files.exists(file)) {
            return choices;
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ModelRefused("The file " + file + " is larger than " + MAX_BYTES + " bytes.");
            }
            choices.putAll(JSON.readValue(file.toFile(), new TypeReference<Map<ModelCard.Role, Choice>>() {}));
            return choices;
        } catch (IOException e) {
            throw new ModelRefused(
                    "The file " + file + ", which says what models are in use, cannot be read: restore it, or delete it"
                            + " to go back to the default models.",
                    e);
        }
    }

    private void write(Map<ModelCard.Role, Choice> choices) {
        try {
            Durable.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(choices));
        } catch (IOException e) {
            throw new ModelRefused(
                    "The choice of models cannot be written to " + file + ": free disk space, or make it writable.", e);
        }
    }
}
