package org.cartulary.inference.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * What a copying process is told at its start.
 *
 * @param libraries directory of llama.cpp's libraries
 * @param type of the copy, for example {@code Q8_0}
 */
public record RequantizeSettings(String libraries, String source, String target, String type, int threads) {
    private static final JsonMapper JSON = new JsonMapper();

    /** One line of JSON. */
    public String toLine() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Settings that cannot be written: " + this, e);
        }
    }

    /** Reads what {@link #toLine} wrote. */
    public static RequantizeSettings ofLine(String line) throws JsonProcessingException {
        return JSON.readValue(line, RequantizeSettings.class);
    }
}
