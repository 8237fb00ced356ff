package org.cartulary.appliance.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a chat completion takes; for the description of the interface only, since {@link CompletionRequest} reads the body
 * itself and refuses what it does not know.
 *
 * @param model a model of /v1/models whose task is chat or documents
 * @param messages 1 to 256, each with a role (system, developer, user, assistant) and a content (text, or text parts)
 * @param stream whether chunks are sent as they are made
 * @param streamOptions include_usage: whether a last chunk without choices says what it cost
 * @param maxCompletionTokens tokens of the answer at most; the appliance's setting where absent
 * @param maxTokens the older name of max_completion_tokens
 * @param temperature 0 to 2; 0 where absent, which takes the likeliest token always
 * @param topP above 0, at most 1: keeps the likeliest tokens whose probabilities sum to this
 * @param minP 0 to below 1: drops tokens less likely than this share of the likeliest
 * @param repeatPenalty 1 to 2; 1 for none
 * @param seed of the sampler; where absent, 0 at temperature 0, else by chance
 * @param stop a text, or up to 8, that end the answer and are no part of it
 * @param logitBias by token id, -100 to 100; at most 1,024
 * @param logprobs whether each token's log-probability is given
 * @param topLogprobs 0 to 20 likely tokens beside each; needs logprobs
 * @param responseFormat type text, json_object, or json_schema with json_schema.schema; the answer follows it always, unless
 *     max_completion_tokens ends it early (finish_reason length)
 * @param grammar a GBNF grammar with the start rule root, instead of response_format
 * @param n 1
 */
record CompletionBody(
        String model,
        List<Map<String, Object>> messages,
        @Nullable Boolean stream,
        @JsonProperty("stream_options") @Nullable Map<String, Object> streamOptions,
        @JsonProperty("max_completion_tokens") @Nullable Integer maxCompletionTokens,
        @JsonProperty("max_tokens") @Nullable Integer maxTokens,
        @Nullable Double temperature,
        @JsonProperty("top_p") @Nullable Double topP,
        @JsonProperty("min_p") @Nullable Double minP,
        @JsonProperty("repeat_penalty") @Nullable Double repeatPenalty,
        @Nullable Long seed,
        @Nullable List<String> stop,
        @JsonProperty("logit_bias") @Nullable Map<String, Double> logitBias,
        @Nullable Boolean logprobs,
        @JsonProperty("top_logprobs") @Nullable Integer topLogprobs,
        @JsonProperty("response_format") @Nullable Map<String, Object> responseFormat,
        @Nullable String grammar,
        @Nullable Integer n) {}
