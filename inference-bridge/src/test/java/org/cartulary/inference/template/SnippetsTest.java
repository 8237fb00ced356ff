package org.cartulary.inference.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Every construct that we know, in small, against what Jinja2 made of it: {@code make_vectors.py}. */
final class SnippetsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T09:05:07Z"), ZoneOffset.UTC);

    @Test
    void meansWhatPythonMeans() throws IOException {
        List<String> differences = new ArrayList<>();
        for (JsonNode snippet : snippets()) {
            String template = snippet.get("template").asText();
            String expected = snippet.has("text") ? snippet.get("text").asText() : "refused";
            String actual = made(template);
            if (!actual.equals(expected) && !(actual.startsWith("refused") && expected.equals("refused"))) {
                differences.add(template + "\n  became " + actual + "\n  not    " + expected);
            }
        }
        assertThat(differences).isEmpty();
    }

    private static String made(String template) {
        try {
            return JinjaTemplate.parse(template).render(Map.of(), CLOCK).value();
        } catch (TemplateRefused refused) {
            return "refused: " + refused.getMessage();
        }
    }

    private static JsonNode snippets() throws IOException {
        try (InputStream in = SnippetsTest.class.getResourceAsStream("snippets.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in));
        }
    }
}
