package org.cartulary.inference.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Public templates against what Jinja2 made of them: {@code make_vectors.py} beside {@code vectors.json}. */
final class GoldenVectorsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Map<String, String> templates = Map.of();
    private static JsonNode vectors = JSON.nullNode();
    private static JsonNode cases = JSON.nullNode();

    @BeforeAll
    static void readVectors() throws IOException {
        assumeTrue(
                Files.isDirectory(TemplateFiles.directory()),
                "The templates are not in " + TemplateFiles.directory() + ": deploy/cartulary test fetches them");
        templates = TemplateFiles.bySha256();
        vectors = resource("vectors.json");
        cases = resource("cases.json");
    }

    /**
     * Where the reference itself ends in a fault, nothing is compared: some of its filters are lazy and cannot be
     * written as JSON; ours give a list.
     */
    @Test
    void rendersEveryTemplateAsTheReferenceDoes() {
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (JsonNode vector : vectors.get("vectors")) {
            String text = Objects.requireNonNull(
                    templates.get(vector.get("sha256").asText()), () -> vector.get("name") + " is not in the cache");
            JinjaTemplate template = JinjaTemplate.parse(text);
            for (JsonNode one : cases) {
                JsonNode expected = vector.get("renderings").get(one.get("name").asText());
                compared++;
                if (isEscapedByTheReference(vector, one)) {
                    continue;
                }
                String difference = difference(template, one, expected);
                if (difference != null) {
                    differences.add(
                            vector.get("name").asText() + ", " + one.get("name").asText() + ": " + difference);
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isEqualTo(157 * 13);
    }

    @Test
    void refusesOnlyTemplatesThatNeedMoreThanMessages() {
        List<String> refused = new ArrayList<>();
        for (JsonNode vector : vectors.get("vectors")) {
            String text =
                    Objects.requireNonNull(templates.get(vector.get("sha256").asText()));
            try {
                ConversationTemplate.of(text, "<s>", "</s>", clock());
            } catch (TemplateRefused reason) {
                refused.add(vector.get("name").asText());
            }
        }
        assertThat(refused)
                .containsExactlyInAnyOrder(
                        "CohereForAI-c4ai-command-r-plus-tool_use",
                        "NousResearch-Hermes-2-Pro-Llama-3-8B-tool_use",
                        "fireworks-ai-llama-3-firefunction-v2",
                        "firefunction-v2:70b",
                        "llama-guard3:1b",
                        "shieldgemma:27b");
    }

    /** {@code safe} makes the reference escape what is added to such a text; only this one template notices. */
    private static boolean isEscapedByTheReference(JsonNode vector, JsonNode one) {
        return vector.get("name").asText().equals("meetkai-functionary-medium-v3.1")
                && one.get("name").asText().equals("tools");
    }

    private static @Nullable String difference(JinjaTemplate template, JsonNode one, JsonNode expected) {
        if (expected.has("fault")) {
            return null;
        }
        String actual;
        try {
            actual = template.render(variables(one), clock()).value();
        } catch (TemplateRefused refused) {
            boolean raised = expected.has("refused")
                    && (refused.reason() != TemplateRefused.Reason.RAISED
                            || expected.get("refused").asText().equals(refused.getMessage()));
            return raised ? null : refused.reason() + " " + refused.getMessage();
        }
        if (expected.has("text")) {
            return actual.equals(expected.get("text").asText())
                    ? null
                    : actual + "\n--- instead of\n" + expected.get("text").asText();
        }
        boolean same = expected.has("sha256")
                && TemplateFiles.sha256(actual).equals(expected.get("sha256").asText());
        return same ? null : "another text: " + actual + expected;
    }

    private static Map<String, Object> variables(JsonNode one) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("messages", JSON.convertValue(one.get("messages"), List.class));
        variables.put("tools", one.has("tools") ? JSON.convertValue(one.get("tools"), List.class) : None.NONE);
        variables.put("documents", None.NONE);
        variables.put("add_generation_prompt", one.get("add_generation_prompt").asBoolean());
        variables.put("enable_thinking", false);
        variables.put("bos_token", vectors.get("bos").asText());
        variables.put("eos_token", vectors.get("eos").asText());
        return variables;
    }

    private static Clock clock() {
        LocalDateTime now = LocalDateTime.parse(vectors.get("now").asText());
        return Clock.fixed(now.toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
    }

    private static JsonNode resource(String name) throws IOException {
        try (InputStream in = GoldenVectorsTest.class.getResourceAsStream(name)) {
            return JSON.readTree(Objects.requireNonNull(in));
        }
    }
}
