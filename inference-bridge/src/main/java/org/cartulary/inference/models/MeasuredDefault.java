package org.cartulary.inference.models;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which of the store's default chat models set-up found to answer faster on this machine, and by what figures. Lies
 * beside the models as {@code default-chat.json}.
 *
 * @param sha256 of the model that serves
 * @param processors that there were
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record MeasuredDefault(String sha256, int processors, List<Measured> measured) {
    private static final String FILE = "default-chat.json";
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * What was found of one model.
     *
     * @param prefill tokens of a prompt read in a second
     * @param decode tokens written in a second
     * @param seconds of an ordinary answer
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Measured(String sha256, String name, double prefill, double decode, double seconds) {}

    /**
     * The record of a store; empty where nothing was measured.
     *
     * @throws ModelRefused when it cannot be read
     */
    public static Optional<MeasuredDefault> of(Path store) {
        Path file = store.resolve(FILE);
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(JSON.readValue(Files.readAllBytes(file), MeasuredDefault.class))
                    : Optional.empty();
        } catch (IOException e) {
            throw new ModelRefused(
                    "The record of the faster chat model, " + file + ", cannot be read: delete it and run"
                            + " deploy/cartulary setup, which measures again.",
                    e);
        }
    }

    /** Puts the record into a store, whole or not at all. */
    public void keep(Path store) {
        try {
            Durable.write(
                    store.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
        } catch (IOException e) {
            throw new ModelRefused("The model store " + store + " cannot be written: check its permissions.", e);
        }
    }
}
