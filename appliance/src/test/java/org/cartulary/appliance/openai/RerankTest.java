package org.cartulary.appliance.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedAppliance.class)
class RerankTest {
    @Test
    void saysHowToGetARerankerWhereNoneIsInstalled(Running running) {
        HttpResponse<String> response = running.client()
                .post("/v1/rerank", "{\"model\":\"any\",\"query\":\"Who?\",\"documents\":[\"One.\",\"Two.\"]}");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("model_not_found", "No rerank model is installed", "models import");
    }

    @Test
    void putsTheBestFirstAndKeepsTheirPlacesInTheRequest() {
        RerankRequest request = RerankRequest.parse(Map.of(
                "model",
                "m",
                "query",
                "q",
                "documents",
                List.of("a", Map.of("text", "b"), "c", "d"),
                "top_n",
                3,
                "return_documents",
                true));
        Ranking ranking = Ranking.of("m", request, List.of(0.1, 0.9, 0.1, 0.5), 12);

        assertThat(ranking.results()).extracting(Ranking.Result::index).containsExactly(1, 3, 0);
        assertThat(ranking.results())
                .extracting(Ranking.Result::document)
                .containsExactly(new Ranking.Text("b"), new Ranking.Text("d"), new Ranking.Text("a"));
        assertThat(ranking.usage().totalTokens()).isEqualTo(12);
    }

    @Test
    void refusesDocumentsThatAreNone() {
        for (Object documents : List.of(List.of(), List.of(""), List.of(7), "text", List.of(Map.of("title", "x")))) {
            assertThatThrownBy(() -> RerankRequest.parse(Map.of("model", "m", "query", "q", "documents", documents)))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("documents");
        }
    }
}
