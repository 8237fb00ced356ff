package org.cartulary.appliance.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What reranking takes; for the description of the interface only, since {@link RerankRequest} reads the body itself.
 *
 * @param model the model of /v1/models whose task is rerank
 * @param query as the user asked it
 * @param documents 1 to 256 texts, or objects with a text
 * @param topN how many are wanted; all where absent
 * @param returnDocuments whether each result carries its text
 */
record RerankBody(
        String model,
        String query,
        List<String> documents,
        @JsonProperty("top_n") @Nullable Integer topN,
        @JsonProperty("return_documents") @Nullable Boolean returnDocuments) {}
