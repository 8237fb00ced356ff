package org.cartulary.appliance.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.cartulary.appliance.api.AnswerView;
import org.cartulary.inference.Generated;
import org.jspecify.annotations.Nullable;

/**
 * A completion, whole or one chunk of it, as OpenAI's clients read it.
 *
 * @param object {@code chat.completion} or {@code chat.completion.chunk}
 * @param created seconds since 1970
 * @param systemFingerprint of model file and engine: another one may answer the same seed differently
 * @param cartulary our own field: citations, sentences and receipt of an answer from documents
 */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_NULL)
record Completion(
        String id,
        String object,
        long created,
        String model,

        @JsonProperty("system_fingerprint") @Nullable String systemFingerprint,

        List<Choice> choices,
        @Nullable Usage usage,
        @Nullable AnswerView cartulary) {
    /** The only choice; whole texts come as message, pieces as delta. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Choice(
            int index,
            @Nullable Message message,
            @Nullable Message delta,
            @Nullable LogprobsView logprobs,

            @JsonProperty("finish_reason") @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            String finishReason) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Message(@Nullable String role, @Nullable String content) {}

    /** What it cost, in tokens of the model. */
    @Serdeable
    record Usage(
            @JsonProperty("prompt_tokens") int promptTokens,
            @JsonProperty("completion_tokens") int completionTokens,
            @JsonProperty("total_tokens") int totalTokens,
            @JsonProperty("prompt_tokens_details") PromptDetails promptDetails) {
        static Usage of(Generated generated) {
            return new Usage(
                    generated.promptTokens(),
                    generated.outputTokens(),
                    generated.promptTokens() + generated.outputTokens(),
                    new PromptDetails(generated.cachedTokens()));
        }
    }

    /** Of the prompt, the tokens that were read earlier in the conversation and not again. */
    @Serdeable
    record PromptDetails(@JsonProperty("cached_tokens") int cachedTokens) {}
}
