package org.cartulary.appliance.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

    /** Rows that lists of the REST interface hold at most. */
    static final int PAGE = 1000;

    private static final int UNAUTHORIZED = 401;

    private final Path home;
    private final @Nullable Appliance ours;
    private final @Nullable KeyFile key;
    private final LocalClient client;

    private Console(Path home, @Nullable Appliance ours, @Nullable KeyFile key, Path socket) {
        this.home = home;
        this.ours = ours;
        this.key = key;
        this.client = new LocalClient(socket, key == null ? null : key.key());
    }

    /** @param key of whoever calls, or null for the console itself */
    static Console open(Path home, @Nullable KeyFile key) {
        if (CartularyHome.isHeld(home)) {
            return new Console(home, null, key, LocalSocket.find(home));
        }
        Appliance appliance = Appliance.startForConsole(home);
        return new Console(home, appliance, key, appliance.socket());
    }

    /** Speaks to an appliance of this very process, as the console. */
    static Console of(Path home, Appliance running) {
        return new Console(home, null, null, running.socket());
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

    /** As it is, for what is no JSON. */
    String getText(String uri) {
        try (Reply reply = succeeded(client.getText(uri))) {
            return reply.text();
        }
    }

    JsonNode postText(String uri, String text) {
        return json(client.postText(uri, text));
    }

    void put(String uri) {
        succeeded(client.put(uri)).close();
    }

    void put(String uri, JsonNode body) {
        succeeded(client.put(uri, body.toString())).close();
    }

    /** As {@link #put(String, JsonNode)}, where the reply tells what has become of it. */
    JsonNode putForJson(String uri, JsonNode body) {
        return json(client.put(uri, body.toString()));
    }

    /** Lets something hold, or hold no longer. */
    void hold(String uri, boolean holds) {
        if (holds) {
            put(uri);
        } else {
            delete(uri);
        }
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
        return get("/api/groups/named/" + encoded(name)).path("id").asText();
    }

    /**
     * A list, whatever number of pages it takes, as one answer.
     *
     * @param uri with a query
     * @param rows name of the field that holds its rows
     * @param cursor parameter that takes what {@code next} of the page before says
     */
    ObjectNode all(String uri, String rows, String cursor) {
        ObjectNode all = (ObjectNode) get(uri);
        ArrayNode found = all.withArray(rows);
        JsonNode next = all.path("next");
        while (!next.isNull() && !next.isMissingNode()) {
            JsonNode page = get(uri + "&" + cursor + "=" + encoded(next.asText()));
            page.path(rows).forEach(found::add);
            next = page.path("next");
        }
        all.remove("next");
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

    private JsonNode json(Reply reply) {
        return parsed(succeeded(reply).text());
    }

    private Reply succeeded(Reply reply) {
        if (reply.isSuccess()) {
            return reply;
        }
        String text = reply.text();
        if (reply.status() == UNAUTHORIZED && key != null) {
            throw new CommandFailed(
                    "The key in " + key.file() + " opens nothing: it is wrong, has expired or was revoked.",
                    UNAUTHORIZED);
        }
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
