package org.cartulary.appliance.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
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

    /** Rows that lists of the REST interface hold at most. */
    static final int PAGE = 1000;

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

    void put(String uri, JsonNode body) {
        succeeded(client.put(uri, body.toString())).close();
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

    /** The id of the group of a name, or the text itself where it is an id. */
    String groupIdOf(String name) {
        if (name.contains(":")) {
            return name;
        }
        // Names are kept in this form, so that one typed on another keyboard means the same.
        String wanted = Normalizer.normalize(name.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        for (JsonNode group : groups()) {
            // A directory's group can have the name of one of ours, and is meant by its id only.
            if (group.path("name").asText().equals(wanted)
                    && group.path("source").asText().equals("local")) {
                return group.path("id").asText();
            }
        }
        throw new CommandFailed("There is no group \"" + name + "\": groups list shows those that there are.");
    }

    /** All groups, whatever number of pages they take. */
    ArrayNode groups() {
        ArrayNode all = JSON.createArrayNode();
        String after = "";
        JsonNode page;
        do {
            page = get("/api/groups?limit=" + PAGE + "&after=" + encoded(after)).path("members");
            page.forEach(all::add);
            after = page.path(page.size() - 1).path("name").asText();
        } while (page.size() == PAGE);
        return all;
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
