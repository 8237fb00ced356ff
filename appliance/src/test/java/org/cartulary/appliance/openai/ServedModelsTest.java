package org.cartulary.appliance.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedAppliance.class)
class ServedModelsTest {
    @Test
    void givesEachModelOfTheListByItsName(Running running) {
        JsonNode models = running.client().json("/v1/models").path("data");

        assertThat(models.findValuesAsText("task")).contains("chat", "embedding", "documents");
        for (JsonNode model : models) {
            String name = URLEncoder.encode(model.path("id").asText(), StandardCharsets.UTF_8)
                    .replace("+", "%20");
            assertThat(running.client().json("/v1/models/" + name)).isEqualTo(model);
        }
    }

    @Test
    void knowsNoOther(Running running) {
        HttpResponse<String> response = running.client().get("/v1/models/gpt-unknown");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("\"code\":\"model_not_found\"", "\"param\":\"model\"");
    }
}
