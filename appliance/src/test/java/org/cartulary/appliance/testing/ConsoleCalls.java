package org.cartulary.appliance.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.cartulary.appliance.home.LocalSocket;
import org.cartulary.appliance.local.LocalClient;
import org.cartulary.appliance.local.Reply;

/** Calls by the console's socket of an appliance in another process, without a command's start for each. */
public final class ConsoleCalls {
    private final Path home;

    public ConsoleCalls(Path home) {
        this.home = home;
    }

    public JsonNode get(String uri) {
        try (LocalClient client = client();
                Reply reply = client.get(uri)) {
            return read(reply);
        }
    }

    public JsonNode post(String uri, String json) {
        try (LocalClient client = client();
                Reply reply = client.post(uri, json, "application/json")) {
            return read(reply);
        }
    }

    /** The key of a new service that may ask, curate and generate. */
    String keyOfNewService(String name) {
        JsonNode added =
                post("/api/people", "{\"name\":\"" + name + "\",\"kind\":\"service\",\"roles\":[\"service\"]}");
        String id = added.at("/person/id").asText();
        return post("/api/people/" + id + "/keys", "{\"name\":\"tests\",\"scopes\":[\"ask\",\"curate\",\"generate\"]}")
                .path("text")
                .asText();
    }

    private LocalClient client() {
        return new LocalClient(LocalSocket.find(home), null);
    }

    private static JsonNode read(Reply reply) {
        String text = reply.text();
        assertThat(reply.isSuccess()).as(text).isTrue();
        return RestClient.parsed(text);
    }
}
