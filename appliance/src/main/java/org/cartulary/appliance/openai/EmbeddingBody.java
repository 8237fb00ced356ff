package org.cartulary.appliance.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What embeddings take; for the description of the interface only, since {@link EmbeddingRequest} reads the body itself.
 *
 * @param model the model of /v1/models whose task is embedding
 * @param input a text, or 1 to 256 texts; token ids are refused
 * @param encodingFormat float or base64 (little-endian float32)
 * @param dimensions refused unless it is the model's own
 * @param inputType query or passage (where absent): models may prefix them differently
 */
record EmbeddingBody(
        String model,
        List<String> input,
        @JsonProperty("encoding_format") @Nullable String encodingFormat,
        @Nullable Integer dimensions,
        @JsonProperty("input_type") @Nullable String inputType) {}
