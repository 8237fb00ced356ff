package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.cartulary.appliance.local.LocalCallFailed;

/** Follows the events of a streamed answer and shows the text as it comes. */
final class AnswerEvents {
    private final BufferedReader lines;

    AnswerEvents(InputStream events) {
        this.lines = new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8));
    }

    /** Shows provisional text until the final object arrives, and returns that. */
    JsonNode follow() {
        try {
            String event = "";
            StringBuilder data = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event:")) {
                    event = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    data.append(line.substring(5).strip());
                } else if (line.isEmpty() && !data.isEmpty()) {
                    JsonNode value = Console.parsed(data.toString());
                    data.setLength(0);
                    if (event.equals("final")) {
                        return value;
                    }
                    show(event, value);
                }
            }
            throw new CommandFailed("The answer ended before it was final; nothing was answered.");
        } catch (IOException e) {
            throw new LocalCallFailed("The appliance broke off its answer: " + e.getMessage(), e);
        }
    }

    private static void show(String event, JsonNode value) {
        switch (event) {
            case "delta" -> Terminal.provisional(value.path("text").asText());
            case "problem" -> throw new CommandFailed(value.path("detail").asText());
            default -> {}
        }
    }
}
