package org.cartulary.appliance.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.cartulary.appliance.Appliance;
import org.cartulary.appliance.home.CartularyHome;
import org.cartulary.appliance.home.LocalSocket;
import org.cartulary.appliance.local.LocalClient;
import org.cartulary.appliance.local.Reply;
import org.jspecify.annotations.Nullable;

/**
 * What every command talks to: the appliance that runs on this home, or one started for the command's duration.
 */
final class Console implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    private final Path home;
    private final @Nullable Appliance ours;
    private final LocalClient client;

    private Console(Path home, @Nullable Appliance ours, LocalClient client) {
        this.home = home;
        this.ours = ours;
        this.client = client;
    }

    static Console open(Path home) {
        if (CartularyHome.isHeld(home)) {
            return new Console(home, null, new LocalClient(LocalSocket.find(home)));
        }
        Appliance appliance = Appliance.startForConsole(home);
        return new Console(home, appliance, new LocalClient(appliance.socket()));
    }

    /** Speaks to an appliance of this very process. */
    static Console of(Path home, Appliance running) {
        return new Console(home, null, new LocalClient(running.socket()));
    }

    Path home() {
        return home;
    }

    JsonNode get(String uri) {
        return json(client.get(uri));
    }

    void delete(String uri) {
        succeeded(client.delete(uri)).close();
    }

    JsonNode post(String uri, JsonNode body) {
        return json(client.post(uri, body.toString(), "application/json"));
    }

    void put(String uri) {
        succeeded(client.put(uri)).close();
    }

    void postForNothing(String uri) {
        succeeded(client.post(uri, "{}", "application/json")).close();
    }

    /** The id of whoever has a name, or the text itself where it is an id. */
    String idOf(String name) {
        if (name.contains(":") || name.equals("console")) {
            return name;
        }
        return get("/api/people/named/" + encoded(name)).path("id").asText();
    }

    Reply postForStream(String uri, JsonNode body, String accept) {
        return succeeded(client.post(uri, body.toString(), accept));
    }

    JsonNode upload(String uri, Path file) {
        return json(client.upload(uri, file));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static JsonNode json(Reply reply) {
        return parsed(succeeded(reply).text());
    }

    private static Reply succeeded(Reply reply) {
        if (reply.isSuccess()) {
            return reply;
        }
        String text = reply.text();
        throw new CommandFailed(
                reply.contentType().contains("json")
                        ? parsed(text).path("detail").asText(text)
                        : text,
                reply.status());
    }

    static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new CommandFailed("The appliance answered with something other than JSON: "
                    + text.substring(0, Math.min(200, text.length())));
        }
    }

    @Override
    public void close() {
        client.close();
        if (ours != null) {
            ours.close();
        }
    }
}
