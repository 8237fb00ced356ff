package org.cartulary.appliance.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Documents in the order of their scores, as clients of rerankers read it. */
@Serdeable
record Ranking(String object, String model, List<Result> results, Usage usage) {
    /**
     * A document and its score.
     *
     * @param index of the document in the request, from 0
     * @param relevanceScore 0 to 1, comparable within one model
     * @param document only where asked for
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(
            int index,
            @JsonProperty("relevance_score") double relevanceScore,
            @Nullable Text document) {}

    @Serdeable
    record Text(String text) {}

    /** Tokens of the query and of all documents, each counted once. */
    @Serdeable
    record Usage(
            @JsonProperty("prompt_tokens") int promptTokens,
            @JsonProperty("total_tokens") int totalTokens) {}

    /** The best of the scored documents; equal scores keep the order of the request. */
    static Ranking of(String model, RerankRequest request, List<Double> scores, int tokens) {
        List<Result> results = IntStream.range(0, scores.size())
                .mapToObj(index -> new Result(
                        index,
                        scores.get(index),
                        request.returnDocuments() ? new Text(request.documents().get(index)) : null))
                .sorted(Comparator.comparingDouble(Result::relevanceScore).reversed())
                .limit(request.topN())
                .toList();
        return new Ranking("list", model, results, new Usage(tokens, tokens));
    }
}
