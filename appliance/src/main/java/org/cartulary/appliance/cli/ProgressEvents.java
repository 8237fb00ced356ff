package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.cartulary.appliance.local.LocalCallFailed;
import org.cartulary.appliance.local.Reply;

/** Follows work of minutes, remarks how far it is, and returns what came of it. */
final class ProgressEvents {
    private String step = "";
    private long shownPercent = -10;

    /** What came of a call that answers with progress, then final or problem. */
    static JsonNode follow(Console console, String uri, JsonNode body) {
        try (Reply reply = console.postForStream(uri, body, "text/event-stream")) {
            return new ProgressEvents().last(reply);
        }
    }

    private JsonNode last(Reply reply) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8))) {
            String event = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event:")) {
                    event = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    JsonNode data = Console.parsed(line.substring(5).strip());
                    if (event.equals("final")) {
                        return data;
                    }
                    show(event, data);
                }
            }
            throw new CommandFailed(
                    "The appliance ended before this was done; nothing of it is certain. Look with" + " models list.");
        } catch (IOException e) {
            throw new LocalCallFailed("The appliance broke off: " + e.getMessage(), e);
        }
    }

    private void show(String event, JsonNode data) {
        if (event.equals("problem")) {
            throw new CommandFailed(
                    data.path("detail").asText(), data.path("status").asInt());
        }
        if (!event.equals("progress")) {
            return;
        }
        long total = data.path("totalBytes").asLong();
        long percent = total == 0 ? 0 : data.path("doneBytes").asLong() * 100 / total;
        String now = data.path("step").asText();
        if (!now.equals(step) || percent >= shownPercent + 10) {
            step = now;
            shownPercent = percent;
            Terminal.remark(total == 0 ? now : now + " " + percent + "% of " + total / 1_000_000 + " MB");
        }
    }
}
