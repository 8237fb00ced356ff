package org.cartulary.appliance.openai;

import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import org.cartulary.appliance.api.CallerWatch;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.inference.ChatRequest;
import org.cartulary.inference.Generated;
import org.cartulary.inference.ModelCard;

/** Completions of the chat model itself. Thread-safe. */
@Singleton
final class TextCompletions {
    private final Completing completing;
    private final CompletionStreams streams;
    private final ServedModels models;
    private final Clock clock;

    TextCompletions(Completing completing, CompletionStreams streams, ServedModels models, Clock clock) {
        this.completing = completing;
        this.streams = streams;
        this.models = models;
        this.clock = clock;
    }

    /**
     * The response to a request for a text.
     *
     * @param watch of the caller; a stream closes it when it ends
     */
    MutableHttpResponse<?> respond(CompletionRequest request, Principal caller, CallerWatch watch) {
        ModelCard model = models.require(ModelCard.Role.CHAT, request.model());
        CompletionWriter writer = new CompletionWriter(
                "chatcmpl-" + UUID.randomUUID(), clock.instant().getEpochSecond(), request.model(), fingerprint(model));
        if (request.stream()) {
            return CompletionController.streaming(streams.ofText(
                    writer,
                    watch,
                    request.includeUsage(),
                    listener -> completing.complete(caller, request, watch.presence(), listener)));
        }
        Generated generated = completing.complete(caller, request, watch.presence(), (piece, stream) -> {});
        return CompletionController.whole(writer.whole(generated, request.topLogprobs() != ChatRequest.NO_LOGPROBS));
    }

    /** Changes with the model file and with the engine. */
    private static String fingerprint(ModelCard model) {
        return "fp_" + model.sha256().substring(0, 10) + "_"
                + Integer.toHexString(model.kernel().hashCode());
    }
}
