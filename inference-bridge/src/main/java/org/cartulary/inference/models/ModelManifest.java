package org.cartulary.inference.models;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code manifest.json} says of a model. Fields that do not apply are null.
 *
 * @param sha256 of the model file, in hex
 * @param file its name beside the manifest
 * @param role {@code chat}, {@code embedding} or {@code rerank}
 * @param format {@code gguf} or {@code onnx}
 * @param contextTokens window that it was trained for
 * @param isDefault whether it serves its role unless the operator names another
 * @param parent hash of the model that it was made from
 * @param template {@code model} for the one in the file, or the name of a known chat template
 * @param dimension of an embedder's vectors
 * @param maxTokens longest input of an embedder or reranker; null in a GGUF's manifest for what the file says, at
 *     most 2,048
 * @param pooling how token vectors become one: {@code cls}, {@code mean}, {@code last}, or {@code rank} for a reranker;
 *     null in a GGUF's manifest for what the file says
 * @param normalise whether vectors get length 1; null means yes for a GGUF, no for ONNX
 * @param tokenizerSha256 of {@code tokenizer.json} beside the manifest
 * @param languages that the model knows, ISO 639-1; null where nobody said
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ModelManifest(
        String sha256,
        String file,
        long bytes,
        String name,
        String role,
        String format,
        String licence,
        String source,
        String architecture,
        String quantisation,
        @Nullable Integer contextTokens,
        boolean demonstrationOnly,
        @JsonProperty("default") boolean isDefault,
        @Nullable String parent,
        @Nullable String template,
        @Nullable Integer dimension,
        @Nullable Integer maxTokens,
        @Nullable String pooling,
        @Nullable Boolean normalise,
        @Nullable String queryPrefix,
        @Nullable String passagePrefix,
        @Nullable String tokenizerSha256,
        @Nullable List<String> languages) {}
