package org.cartulary.appliance.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.catalog.ModelDescription;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiModelCatalog;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.Response;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** LangChain4j's client for OpenAI, unmodified, as a Java program of the hospital would use it. */
@ExtendWith(SharedAppliance.class)
class LangChain4jTest {
    private static final List<UserMessage> ASKED = List.of(UserMessage.from("Name three colours."));

    @Test
    void listsModels(Running running) {
        List<ModelDescription> models = OpenAiModelCatalog.builder()
                .baseUrl(base(running.client()))
                .apiKey(running.client().token())
                .build()
                .listModels();

        assertThat(models).extracting(ModelDescription::name).contains("cartulary:demo", chat(running));
    }

    @Test
    void answersWholeWithUsageSeedAndLogprobs(Running running) {
        OpenAiChatModel model = model(running)
                .temperature(1.5)
                .seed(7)
                .logprobs(true)
                .topLogprobs(2)
                .build();
        ChatResponse first = model.chat(request());
        ChatResponse second = model.chat(request());

        assertThat(first.aiMessage().text())
                .isNotBlank()
                .isEqualTo(second.aiMessage().text());
        OpenAiChatResponseMetadata metadata = (OpenAiChatResponseMetadata) first.metadata();
        assertThat(metadata.tokenUsage().outputTokenCount()).isBetween(1, 8);
        assertThat(metadata.logProbs())
                .hasSize(metadata.tokenUsage().outputTokenCount())
                .allSatisfy(token -> {
                    assertThat(token.logprob()).isLessThanOrEqualTo(0);
                    assertThat(token.topLogprobs()).hasSize(2);
                });
        assertThat(metadata.systemFingerprint()).startsWith("fp_");
    }

    @Test
    void streamsWhatItAnswersWhole(Running running) {
        String whole = model(running).build().chat(request()).aiMessage().text();
        Collecting collecting = new Collecting();
        OpenAiStreamingChatModel.builder()
                .baseUrl(base(running.client()))
                .apiKey(running.client().token())
                .modelName(chat(running))
                .temperature(0.0)
                .maxTokens(8)
                .build()
                .chat(request(), collecting);
        ChatResponse streamed = collecting.complete.join();

        assertThat(collecting.text.toString())
                .isEqualTo(whole)
                .isEqualTo(streamed.aiMessage().text());
        assertThat(streamed.metadata().tokenUsage().outputTokenCount()).isBetween(1, 8);
    }

    @Test
    void endsAtAStopText(Running running) {
        String whole = model(running).build().chat(request()).aiMessage().text();
        String stop = whole.substring(4, 8);
        ChatResponse stopped = model(running).stop(List.of(stop)).build().chat(request());

        assertThat(stopped.aiMessage().text()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
        assertThat(stopped.metadata().finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void keepsToAJsonSchema(Running running) {
        JsonSchema schema = JsonSchema.builder()
                .name("colour")
                .rootElement(JsonObjectSchema.builder()
                        .addEnumProperty("colour", List.of("red", "green"))
                        .addBooleanProperty("many")
                        .required("colour", "many")
                        .build())
                .build();
        String answer = model(running)
                .maxTokens(60)
                .strictJsonSchema(true)
                .responseFormat(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(schema)
                        .build())
                .build()
                .chat(request())
                .aiMessage()
                .text();

        assertThat(RestClient.parsed(answer).path("colour").asText()).isIn("red", "green");
        assertThat(RestClient.parsed(answer).path("many").isBoolean()).isTrue();
    }

    @Test
    void embeds(Running running) {
        OpenAiEmbeddingModel model = OpenAiEmbeddingModel.builder()
                .baseUrl(base(running.client()))
                .apiKey(running.client().token())
                .modelName(Served.named(running, "embedding"))
                .build();
        Response<List<Embedding>> embedded =
                model.embedAll(List.of(TextSegment.from("The bins go out."), TextSegment.from("Visitors sign.")));

        assertThat(embedded.content()).hasSize(2).allMatch(embedding -> embedding.dimension() == 384);
        assertThat(Objects.requireNonNull(embedded.tokenUsage()).inputTokenCount())
                .isPositive();
    }

    @Test
    void raisesItsOwnErrors(Running running) {
        assertThatThrownBy(
                        () -> model(running).apiKey("cartulary_wrong").build().chat(request()))
                .isInstanceOf(AuthenticationException.class);
        assertThatThrownBy(() -> model(running).presencePenalty(1.0).build().chat(request()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("presence_penalty");
        assertThatThrownBy(() -> model(running).modelName("gpt-unknown").build().chat(request()))
                .isInstanceOf(ModelNotFoundException.class);
    }

    private static ChatRequest request() {
        return ChatRequest.builder().messages(List.copyOf(ASKED)).build();
    }

    private static OpenAiChatModel.OpenAiChatModelBuilder model(Running running) {
        return OpenAiChatModel.builder()
                .baseUrl(base(running.client()))
                .apiKey(running.client().token())
                .modelName(chat(running))
                .temperature(0.0)
                .maxTokens(8)
                .maxRetries(0)
                .timeout(Duration.ofMinutes(2));
    }

    private static String base(RestClient client) {
        return client.address() + "v1";
    }

    private static String chat(Running running) {
        return Served.named(running, "chat");
    }

    private static final class Collecting implements StreamingChatResponseHandler {
        final StringBuilder text = new StringBuilder();
        final CompletableFuture<ChatResponse> complete = new CompletableFuture<>();

        @Override
        public void onPartialResponse(String piece) {
            text.append(piece);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            complete.complete(response);
        }

        @Override
        public void onError(Throwable fault) {
            complete.completeExceptionally(fault);
        }
    }
}
