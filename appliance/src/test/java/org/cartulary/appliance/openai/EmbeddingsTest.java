package org.cartulary.appliance.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.Verifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedAppliance.class)
class EmbeddingsTest {
    private static final String PATH = "/v1/embeddings";

    @Test
    void givesTheSameVectorAsNumbersAndAsBase64(Running running) {
        ObjectNode body = request(running).put("input", "The bins go out on Tuesday.");
        JsonNode numbers = vector(running, body.put("encoding_format", "float"));
        JsonNode packed = vector(running, body.put("encoding_format", "base64"));
        ByteBuffer bytes =
                ByteBuffer.wrap(Base64.getDecoder().decode(packed.asText())).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(numbers).hasSize(384);
        assertThat(bytes.remaining()).isEqualTo(384 * Float.BYTES);
        for (JsonNode number : numbers) {
            assertThat(bytes.getFloat()).isEqualTo(number.floatValue());
        }
    }

    @Test
    void prefixesQueriesAsTheModelWantsIt(Running running) {
        ObjectNode body = request(running).put("input", "visiting hours");

        assertThat(vector(running, body.put("input_type", "query")))
                .isNotEqualTo(vector(running, body.put("input_type", "passage")));
    }

    @Test
    void refusesATextThatIsTooLongWithItsIndexAndBothNumbers(Running running) {
        ObjectNode body = request(running);
        ArrayNode texts = body.putArray("input");
        for (int i = 0; i < 20; i++) {
            texts.add("short");
        }
        texts.add("word ".repeat(3_000));
        HttpResponse<String> response = running.client().post(PATH, body.toString());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains("context_length_exceeded", "\"param\":\"input\"", "Text 20", "512");
    }

    @Test
    void refusesByNameWhatItCannotDo(Running running) {
        ObjectNode tokens = request(running);
        tokens.putArray("input").add(5).add(6);
        ObjectNode many = request(running);
        for (int i = 0; i < 257; i++) {
            many.withArray("input").add("x");
        }

        assertRefused(running, tokens, "input");
        assertRefused(running, many, "input");
        assertRefused(running, request(running).put("input", " "), "input");
        assertRefused(running, request(running).put("input", "x").put("dimensions", 256), "dimensions");
        assertRefused(running, request(running).put("input", "x").put("encoding_format", "int8"), "encoding_format");
        assertRefused(running, request(running).put("input", "x").put("input_type", "image"), "input_type");
        assertThat(running.client()
                        .post(
                                PATH,
                                request(running)
                                        .put("input", "x")
                                        .put("dimensions", 384)
                                        .toString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void keepsARecordOfEachCallThatTheVerifierAccepts(Running running, @TempDir Path scratch) throws IOException {
        long before = answered(running);
        vector(running, request(running).put("input", "The bins go out on Tuesday."));
        Path bundle = Files.write(
                scratch.resolve("evidence.zip"),
                running.officer().download("/api/audit/export").body());

        assertThat(answered(running)).isEqualTo(before + 1);
        assertThat(Verifier.run("verify", bundle, "--key", Verifier.key(running.home())))
                .isZero();
    }

    private static long answered(Running running) {
        return running.client()
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("cartulary_questions_total{entry=\"answered\"}"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static void assertRefused(Running running, ObjectNode body, String parameter) {
        HttpResponse<String> response = running.client().post(PATH, body.toString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(RestClient.parsed(response.body())
                        .path("error")
                        .path("param")
                        .asText())
                .isEqualTo(parameter);
    }

    private static JsonNode vector(Running running, ObjectNode body) {
        HttpResponse<String> response = running.client().post(PATH, body.toString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return RestClient.parsed(response.body()).path("data").path(0).path("embedding");
    }

    private static ObjectNode request(Running running) {
        return RestClient.JSON.createObjectNode().put("model", Served.named(running, "embedding"));
    }
}
