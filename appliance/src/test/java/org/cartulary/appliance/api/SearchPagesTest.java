package org.cartulary.appliance.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hits a page at a time, and why each was found. */
@ExtendWith(SharedAppliance.class)
class SearchPagesTest {
    private static final String QUERY = "How long do we keep visitor logs?";

    @Test
    void listsTheSameHitsInPagesAsAtOnce(Running running) {
        List<String> atOnce = passages(found(running, Map.of("limit", 9)));
        List<String> inPages = new ArrayList<>();
        JsonNode page = found(running, Map.of("limit", 3));
        inPages.addAll(passages(page));
        while (inPages.size() < 9) {
            page = found(running, Map.of("limit", 3, "cursor", page.path("next").asText()));
            inPages.addAll(passages(page));
        }
        assertThat(inPages).isEqualTo(atOnce).doesNotHaveDuplicates();
    }

    @Test
    void endsTheListWithoutACursor(Running running) {
        JsonNode page = found(running, Map.of("limit", 100));
        for (int pages = 1; !page.path("next").isNull(); pages++) {
            assertThat(pages).as("1,000 hits at most").isLessThanOrEqualTo(10);
            page = found(
                    running, Map.of("limit", 100, "cursor", page.path("next").asText()));
        }
        assertThat(page.has("next")).isTrue();
    }

    @Test
    void refusesACursorOfAnotherQuery(Running running) {
        String next = found(running, Map.of("limit", 1)).path("next").asText();
        HttpResponse<String> other = running.client()
                .post(
                        "/api/search",
                        "{\"query\":\"visiting hours\",\"collection\":\"demo\",\"cursor\":\"" + next + "\"}");
        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(other.body()).contains("no cursor of this query");
        assertThat(search(running, Map.of("cursor", "made up")).statusCode()).isEqualTo(400);
    }

    @Test
    void showsTheWordsOfTheQueryInEachHit(Running running) {
        JsonNode best = found(running, Map.of("limit", 1)).at("/hits/0");
        String text = best.path("text").asText();
        List<String> words = new ArrayList<>();
        for (JsonNode span : best.path("highlights")) {
            words.add(
                    text.substring(span.path("start").asInt(), span.path("end").asInt())
                            .toLowerCase(Locale.ROOT));
        }
        assertThat(words).contains("visitor", "logs").doesNotContain("how", "do");
        assertThat(best.path("words").findValuesAsText("word")).contains("visitor", "log");
        assertThat(best.at("/scores/ranked").asDouble()).isPositive();
    }

    private static List<String> passages(JsonNode page) {
        return page.path("hits").findValuesAsText("passage");
    }

    private static JsonNode found(Running running, Map<String, Object> more) {
        HttpResponse<String> response = search(running, more);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return RestClient.parsed(response.body());
    }

    private static HttpResponse<String> search(Running running, Map<String, Object> more) {
        StringBuilder body = new StringBuilder("{\"query\":\"" + QUERY + "\",\"collection\":\"demo\"");
        more.forEach((name, value) -> body.append(",\"")
                .append(name)
                .append("\":")
                .append(value instanceof String ? "\"" + value + "\"" : value));
        return running.client().post("/api/search", body.append('}').toString());
    }
}
