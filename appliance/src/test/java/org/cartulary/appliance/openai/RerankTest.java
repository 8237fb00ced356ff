package org.cartulary.appliance.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.testing.CommandProcess;
import org.cartulary.appliance.testing.CommandProcess.Outcome;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.inference.testing.TinyBert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedAppliance.class)
class RerankTest {
    private static final String NAME = "tiny ranker";

    @TempDir
    private Path scratch;

    @Test
    void ranksWithAModelThatIsBroughtAlong(Running running) throws IOException {
        RestClient client = running.client();
        String early = "{\"model\":\"any\",\"query\":\"Who?\",\"documents\":[\"One.\",\"Two.\"]}";
        HttpResponse<String> none = client.post("/v1/rerank", early);
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(none.body()).contains("model_not_found", "No rerank model is installed", "models import");

        install(running, TinyBert.reranker().in(scratch).file());

        JsonNode ranking = RestClient.parsed(client.post("/v1/rerank", body("the ward", "visitors", "log", "the ward"))
                .body());
        List<Double> scores = ranking.path("results").findValues("relevance_score").stream()
                .map(JsonNode::asDouble)
                .toList();
        assertThat(ranking.path("model").asText()).isEqualTo(NAME);
        assertThat(ranking.path("results").findValuesAsText("index")).containsExactlyInAnyOrder("0", "1", "2");
        assertThat(scores).isSortedAccordingTo(Comparator.reverseOrder()).allMatch(score -> score > 0 && score < 1);

        JsonNode found = search(client);
        assertThat(found.path("reranker").path("model").asText()).isEqualTo(NAME);
        assertThat(found.path("hits").findValues("reranked")).isNotEmpty().anyMatch(JsonNode::isDouble);

        HttpResponse<String> tooLong = client.post("/v1/rerank", body("the ward", "log", "visitors ".repeat(80)));
        assertThat(tooLong.statusCode()).isEqualTo(400);
        assertThat(tooLong.body()).contains("index 1 ", String.valueOf(TinyBert.WINDOW));

        assertThat(client.post("/api/models/withdraw-reranker", "{}").body()).contains(NAME);
        assertThat(search(client).path("reranker").isNull()).isTrue();
        assertThat(client.post("/v1/rerank", early).statusCode()).isEqualTo(404);
    }

    private static JsonNode search(RestClient client) {
        HttpResponse<String> found =
                client.post("/api/search", "{\"query\":\"visiting hours\",\"collection\":\"demo\"}");
        assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
        return RestClient.parsed(found.body());
    }

    private static void install(Running running, Path file) {
        Outcome taken = CommandProcess.run(
                running.home(), "models", "import", file.toString(), "--name", NAME, "--licence", "none", "--yes");
        assertThat(taken.exitCode()).as(taken.err()).isZero();
        HttpResponse<String> used =
                running.client().post("/api/models/use", "{\"model\":\"%s\",\"role\":\"rerank\"}".formatted(NAME));
        assertThat(used.statusCode()).as(used.body()).isEqualTo(200);
    }

    private static String body(String query, String... documents) {
        return RestClient.JSON
                .createObjectNode()
                .put("model", NAME)
                .put("query", query)
                .set("documents", RestClient.JSON.valueToTree(documents))
                .toString();
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
