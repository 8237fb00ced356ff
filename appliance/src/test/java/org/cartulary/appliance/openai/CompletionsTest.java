package org.cartulary.appliance.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.Staff;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The details of /v1/chat/completions on the wire, beyond what foreign clients look at. */
@ExtendWith(SharedAppliance.class)
class CompletionsTest {
    private static final String PATH = "/v1/chat/completions";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tools             | [{\"type\":\"function\"}]         | unsupported_parameter",
                "n                 | 2                                 | unsupported_parameter",
                "frequency_penalty | 0.5                               | unsupported_parameter",
                "presence_penalty  | -1                                | unsupported_parameter",
                "modalities        | [\"audio\"]                       | unsupported_parameter",
                "no_such_thing     | \"x\"                             | unsupported_parameter",
                "temperature       | 3                                 | invalid_value",
                "top_p             | 0                                 | invalid_value",
                "min_p             | 1                                 | invalid_value",
                "repeat_penalty    | 0.5                               | invalid_value",
                "max_tokens        | -1                                | invalid_value",
                "max_tokens        | 1.5                               | invalid_value",
                "seed              | \"seven\"                         | invalid_value",
                "stop              | [\"\"]                            | invalid_value",
                "top_logprobs      | 2                                 | invalid_value",
                "logprobs          | 1                                 | invalid_value",
                "logit_bias        | {\"1\":101}                       | invalid_value",
                "logit_bias        | {\"word\":1}                      | invalid_value",
                "response_format   | {\"type\":\"xml\"}                | invalid_value",
                "response_format   | {\"type\":\"json_schema\"}        | invalid_value",
                "messages          | []                                | invalid_value",
                "messages          | [{\"role\":\"tool\",\"content\":\"x\"}] | invalid_value",
                "messages          | [{\"role\":\"user\",\"content\":\"\\ud800\"}] | invalid_value",
                "messages          | [{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}] | invalid_value"
            })
    void refusesByNameWhatItCannotDo(String parameter, String value, String code, Running running) {
        ObjectNode body = request(running);
        body.set(parameter, RestClient.parsed(value));
        // Half a character survives the way only as an escape.
        HttpResponse<String> response =
                running.client().post(PATH, body.toString().replace("\ud800", "\\ud800"));
        JsonNode error = RestClient.parsed(response.body()).path("error");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.path("param").asText()).isEqualTo(parameter);
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(error.path("message").asText()).hasSizeGreaterThan(15);
    }

    @Test
    void takesParametersAtTheValuesAtWhichTheyAskForNothing(Running running) {
        ObjectNode body = request(running);
        body.put("frequency_penalty", 0).put("presence_penalty", 0).put("n", 1).put("user", "nurse");
        body.putNull("tools");
        body.putArray("modalities").add("text");
        body.putObject("response_format").put("type", "text");

        assertThat(running.client().post(PATH, body.toString()).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesAGrammarThatIsNoneAndATokenThatTheModelLacks(Running running) {
        HttpResponse<String> grammar = running.client()
                .post(PATH, request(running).put("grammar", "root ::= (").toString());
        ObjectNode biased = request(running);
        biased.putObject("logit_bias").put("99999999", 5);
        HttpResponse<String> bias = running.client().post(PATH, biased.toString());

        assertThat(grammar.statusCode()).as(grammar.body()).isEqualTo(400);
        assertThat(bias.statusCode()).as(bias.body()).isEqualTo(400);
        assertThat(bias.body()).contains("99999999");
    }

    @Test
    void streamsWhatItAnswersWholeWithTheSameLogprobs(Running running) {
        ObjectNode body = request(running).put("logprobs", true).put("top_logprobs", 1);
        JsonNode whole = RestClient.parsed(
                        running.client().post(PATH, body.toString()).body())
                .path("choices")
                .path(0);
        StringBuilder text = new StringBuilder();
        List<JsonNode> tokens = new ArrayList<>();
        List<RestClient.Event> events =
                running.client().stream(PATH, body.put("stream", true).toString());
        for (RestClient.Event event : events.subList(0, events.size() - 1)) {
            JsonNode choice = event.json().path("choices").path(0);
            text.append(choice.path("delta").path("content").asText());
            choice.path("logprobs").path("content").forEach(tokens::add);
        }

        assertThat(events.getLast().data()).isEqualTo("[DONE]");
        assertThat(text).hasToString(whole.path("message").path("content").asText());
        assertThat(tokens)
                .extracting(token -> token.path("token").asText())
                .isNotEmpty()
                .containsExactlyElementsOf(tokenTexts(whole));
    }

    private static List<String> tokenTexts(JsonNode choice) {
        List<String> texts = new ArrayList<>();
        choice.path("logprobs")
                .path("content")
                .forEach(token -> texts.add(token.path("token").asText()));
        return texts;
    }

    @Test
    void keepsToAnyObjectWhereJsonIsWantedUnlessItIsCutShort(Running running) {
        ObjectNode body = request(running).put("max_tokens", 3);
        body.putObject("response_format").put("type", "json_object");
        JsonNode choice = RestClient.parsed(
                        running.client().post(PATH, body.toString()).body())
                .path("choices")
                .path(0);

        assertThat(choice.path("message").path("content").asText().strip()).startsWith("{");
        assertThat(choice.path("finish_reason").asText()).isEqualTo("length");
    }

    @Test
    void refusesASchemaThatNothingSatisfies(Running running) {
        ObjectNode body = request(running);
        body.set(
                "response_format",
                RestClient.parsed("{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\"enum\":[]}}}"));
        HttpResponse<String> response = running.client().post(PATH, body.toString());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains("\"param\":\"response_format\"");
    }

    @Test
    void readsNoSchemaOfACallerWhoMayNotGenerate(Running running) {
        ObjectNode body = request(running);
        body.set(
                "response_format",
                RestClient.parsed("{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\"enum\":[]}}}"));
        String token = new Staff(running.appliance()).key(running.tess(), EnumSet.of(Scope.ASK));
        HttpResponse<String> response = running.client().withToken(token).post(PATH, body.toString());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(403);
    }

    @Test
    void refusesAConversationBeyondTheLongestPromptWithItsNumbers(Running running) {
        ObjectNode body = request(running);
        body.putArray("messages").addObject().put("role", "user").put("content", "a".repeat(2_200_000));
        HttpResponse<String> response = running.client().post(PATH, body.toString());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains("context_length_exceeded", "2200000", "2097152");
    }

    @Test
    void givesTheRightStatusToWhatIsRefusedBeforeTheFirstChunk(Running running) {
        ObjectNode body = request(running).put("stream", true);
        body.putArray("messages").addObject().put("role", "user").put("content", "word ".repeat(5_000));
        HttpResponse<String> response = running.client().post(PATH, body.toString());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("context_length_exceeded", "2048");
    }

    @Test
    void namesWhatHadNoPartInAnAnswerFromDocumentsAndRefusesWhatWouldChangeItsForm(Running running) {
        ObjectNode body = request(running).put("model", "cartulary:demo").put("temperature", 0.7);
        body.putArray("messages").addObject().put("role", "user").put("content", "When do visiting hours end?");
        HttpResponse<String> answered = running.client().post(PATH, body.toString());
        HttpResponse<String> refused = running.client()
                .post(PATH, body.put("grammar", "root ::= \"x\"").toString());

        assertThat(answered.statusCode()).as(answered.body()).isEqualTo(200);
        assertThat(answered.headers().firstValue("Cartulary-Without-Effect")).hasValue("temperature, max_tokens");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("\"param\":\"grammar\"", "no part in answers from documents");
    }

    private static ObjectNode request(Running running) {
        ObjectNode body = RestClient.JSON.createObjectNode();
        body.put("model", Served.named(running, "chat")).put("max_tokens", 6).put("temperature", 0);
        body.putArray("messages").addObject().put("role", "user").put("content", "Name three colours.");
        return body;
    }
}
