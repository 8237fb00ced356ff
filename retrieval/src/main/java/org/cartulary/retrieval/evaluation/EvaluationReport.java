package org.cartulary.retrieval.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Figures of every way of searching on one set; the object that {@code eval --json} prints.
 *
 * @param reranked null, and then {@code rerankedReason} says why
 * @param generation of the index that was searched
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record EvaluationReport(
        SystemReport bm25,
        SystemReport dense,
        SystemReport fused,
        @Nullable SystemReport reranked,
        @JsonProperty("reranked_reason") @Nullable String rerankedReason,
        int documents,
        int questions,
        String generation) {}
