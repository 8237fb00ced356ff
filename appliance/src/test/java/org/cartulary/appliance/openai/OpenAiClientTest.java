package org.cartulary.appliance.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.NotFoundException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import java.util.List;
import java.util.stream.Collectors;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** OpenAI's own client, which nobody here wrote, speaks to the appliance without knowing that it does. */
@ExtendWith(SharedAppliance.class)
class OpenAiClientTest {
    private static final String QUESTION = "How long do we have to keep the logs that visitors fill in?";

    @Test
    void streamsACitedAnswerFromACollection(Running running) {
        OpenAIClient client = client(running.client());
        List<ChatCompletionChunk> chunks;
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(question("cartulary:demo"))) {
            chunks = stream.stream().toList();
        }

        assertThat(text(chunks)).contains("90 days").contains("[1]");
        ChatCompletionChunk last = chunks.getLast();
        assertThat(last.choices()).isEmpty();
        assertThat(String.valueOf(last._additionalProperties().get("cartulary")))
                .contains("records-retention-schedule.docx", "/api/receipts/");
    }

    @Test
    void answersWholeAsWell(Running running) {
        ChatCompletion completion =
                client(running.client()).chat().completions().create(question("cartulary:demo"));

        assertThat(completion.choices().getFirst().message().content().orElseThrow())
                .contains("90 days");
        assertThat(completion._additionalProperties()).containsKey("cartulary");
    }

    @Test
    void streamsTheChatModelItselfAndCountsItsTokens(Running running) {
        OpenAIClient client = client(running.client());
        String model = client.models().list().data().getFirst().id();
        ChatCompletionCreateParams request = ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage("Say hello.")
                .maxCompletionTokens(8)
                .temperature(0)
                .frequencyPenalty(0)
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();
        List<ChatCompletionChunk> chunks;
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(request)) {
            chunks = stream.stream().toList();
        }

        assertThat(text(chunks)).isNotBlank();
        assertThat(chunks.getLast().usage().orElseThrow().completionTokens()).isBetween(1L, 8L);
    }

    @Test
    void refusesInTheShapeThatTheClientUnderstands(Running running) {
        assertThatThrownBy(() -> client(running.client()).chat().completions().create(question("gpt-unknown")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("does not exist here");
        assertThatThrownBy(() -> client(running.client().withToken("wrong"))
                        .chat()
                        .completions()
                        .create(question("cartulary:demo")))
                .isInstanceOf(UnauthorizedException.class);
    }

    private static ChatCompletionCreateParams question(String model) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addSystemMessage("Answer from the documents.")
                .addUserMessage(QUESTION)
                .build();
    }

    private static String text(List<ChatCompletionChunk> chunks) {
        return chunks.stream()
                .flatMap(chunk -> chunk.choices().stream())
                .flatMap(choice -> choice.delta().content().stream())
                .collect(Collectors.joining());
    }

    private static OpenAIClient client(RestClient client) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(client.address() + "v1")
                .apiKey(client.token())
                .maxRetries(0)
                .build();
    }
}
