package org.cartulary.appliance.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.Set;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.Staff;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a token with one scope opens, and what it does not. */
@ExtendWith(SharedAppliance.class)
class ScopesTest {
    @Test
    void askOpensDocumentsAndNoBareModel(Running running) {
        RestClient asking = holding(running, EnumSet.of(Scope.ASK));

        assertThat(asking.ask("When do visiting hours end?", "demo").statusCode())
                .isEqualTo(200);
        assertThat(asking.get("/v1/models").statusCode()).isEqualTo(200);
        assertThat(completion(asking, "cartulary:demo").statusCode()).isEqualTo(200);
        assertForbidden(completion(asking, chatModel(running)), "generate");
        assertForbidden(asking.post("/v1/embeddings", "{\"model\":\"x\",\"input\":\"x\"}"), "generate");
        assertThat(asking.post("/api/collections", "{\"name\":\"more\"}").statusCode())
                .isEqualTo(403);
        assertThat(asking.get("/api/audit/entries").statusCode()).isEqualTo(403);
        assertThat(asking.get("/metrics").statusCode()).isEqualTo(403);
    }

    @Test
    void generateOpensBareModelsAndNoDocument(Running running) {
        RestClient generating = holding(running, EnumSet.of(Scope.GENERATE));

        assertThat(completion(generating, chatModel(running)).statusCode()).isEqualTo(200);
        assertForbidden(completion(generating, "cartulary:demo"), "ask");
        assertThat(generating.ask("Why?", "demo").statusCode()).isEqualTo(403);
        assertThat(generating.get("/api/collections").statusCode()).isEqualTo(403);
        assertThat(generating.get("/api/audit/checkpoint").statusCode()).isEqualTo(403);
    }

    private static RestClient holding(Running running, Set<Scope> scopes) {
        return running.client().withToken(new Staff(running.appliance()).key(running.tess(), scopes));
    }

    private static String chatModel(Running running) {
        return running.client()
                .json("/v1/models")
                .path("data")
                .path(0)
                .path("id")
                .asText();
    }

    private static HttpResponse<String> completion(RestClient client, String model) {
        return client.post("/v1/chat/completions", """
                {"model":"%s","messages":[{"role":"user","content":"When do visiting hours end?"}],"max_tokens":2}""".formatted(model));
    }

    private static void assertForbidden(HttpResponse<String> response, String scope) {
        JsonNode error = RestClient.parsed(response.body()).path("error");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(403);
        assertThat(error.path("type").asText()).isEqualTo("permission_error");
        assertThat(error.path("message").asText()).contains("scope " + scope);
    }
}
