package org.cartulary.inference.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.models.ModelManifest;

/**
 * What a worker is told at its start.
 *
 * @param role what it serves
 * @param socket path of the appliance's listening socket
 * @param model directory of the model and its manifest
 * @param manifest as the appliance read it: what lies in the directory must still say the same
 * @param libraries directory of the native libraries
 * @param contextTokens window wanted of a chat model
 * @param sequences answers made at the same time
 * @param queueLength requests that wait at most
 * @param threads that compute at most
 */
public record WorkerSettings(
        ModelCard.Role role,
        String socket,
        String model,
        ModelManifest manifest,
        String libraries,
        int contextTokens,
        int sequences,
        int queueLength,
        int threads) {
    private static final JsonMapper JSON = new JsonMapper();

    /** One line of JSON. */
    public String toLine() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Settings that cannot be written: " + this, e);
        }
    }

    static WorkerSettings ofLine(String line) throws JsonProcessingException {
        return JSON.readValue(line, WorkerSettings.class);
    }
}
