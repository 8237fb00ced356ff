package org.cartulary.appliance.openai;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.util.Map;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.api.CallerWatch;
import org.cartulary.compliance.people.Role;
import org.cartulary.inference.Reranker;

/** Reranking, in the form that Cohere, Jina and llama-server share. Needs the scope generate. */
@Controller("/v1/rerank")
@ExecuteOn(TaskExecutors.BLOCKING)
final class RerankController {
    private final Reranking reranking;
    private final ServedModels models;

    RerankController(Reranking reranking, ServedModels models) {
        this.reranking = reranking;
        this.models = models;
    }

    /**
     * Up to 256 documents in the order in which they answer a query, with scores of 0 to 1. A query and document that are
     * longer together than the model takes are refused with the document's index and both numbers; nothing is cut. Where no
     * rerank model is installed the answer is 404 and says how to import one. The record keeps the query, a digest of each
     * document, and the scores.
     */
    @CalledBy(
            value = {Role.READER, Role.CURATOR, Role.SERVICE},
            scopes = Scope.GENERATE,
            question = true)
    @Post
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = RerankBody.class)))
    Ranking rerank(@Body Map<String, Object> body, HttpRequest<?> http, Authentication caller) {
        RerankRequest request = RerankRequest.parse(body);
        Reranker reranker = models.reranker(request.model());
        try (CallerWatch watch = CallerWatch.of(http, caller)) {
            return reranking.rank(Caller.of(caller).principal(), reranker, request, watch.presence());
        }
    }
}
