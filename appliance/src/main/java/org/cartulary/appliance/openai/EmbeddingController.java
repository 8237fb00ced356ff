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
import org.cartulary.inference.ModelCard;

/** OpenAI's embeddings, by the model that also embeds the documents. Needs the scope generate. */
@Controller("/v1/embeddings")
@ExecuteOn(TaskExecutors.BLOCKING)
final class EmbeddingController {
    private final Embedding embedding;
    private final ServedModels models;

    EmbeddingController(Embedding embedding, ServedModels models) {
        this.embedding = embedding;
        this.models = models;
    }

    /**
     * Vectors of up to 256 texts, in their order. A text that is longer than the model takes is refused with its index and
     * both numbers (code {@code context_length_exceeded}); nothing is cut. The record keeps a digest of each text, not the
     * text.
     */
    @CalledBy(
            value = {Role.READER, Role.CURATOR, Role.SERVICE},
            scopes = Scope.GENERATE,
            question = true)
    @Post
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = EmbeddingBody.class)))
    EmbeddingList embed(@Body Map<String, Object> body, HttpRequest<?> http, Authentication caller) {
        EmbeddingRequest request = EmbeddingRequest.parse(body);
        ModelCard model = models.require(ModelCard.Role.EMBEDDING, request.model());
        requireOwnLength(request.dimensions());
        try (CallerWatch watch = CallerWatch.of(http, caller)) {
            Embedding.Embedded embedded =
                    embedding.embed(Caller.of(caller).principal(), model, request, watch.presence());
            return EmbeddingList.of(model.name(), embedded.vectors(), request.base64(), embedded.tokens());
        }
    }

    private void requireOwnLength(int wanted) {
        int own = embedding.dimension();
        if (wanted != 0 && wanted != own) {
            throw Parameters.refused(
                    "dimensions", "dimensions is " + wanted + ", but this model's vectors have " + own + ".");
        }
    }
}
