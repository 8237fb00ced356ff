package org.cartulary.appliance.asking;

import org.cartulary.inference.ChatRequest;
import org.cartulary.inference.ChatStream;
import org.cartulary.inference.Generated;
import org.cartulary.inference.Generator;
import org.cartulary.inference.InferenceFailed;

/** Reads what a model says for as long as somebody waits for it, even while it has not said anything yet. Thread-safe. */
public final class ModelReading {
    /** Takes an answer's parts. Called by one thread. */
    public interface Listener {
        /** The model has taken the request; what is unusable was refused before. */
        default void accepted() {}

        /** The stream gave a piece of text; its log-probabilities can be asked of the stream. */
        void piece(String text, ChatStream stream);
    }

    private ModelReading() {}

    /**
     * Reads an answer to its end.
     *
     * @param model hash of the model that stands on record for this answer; another that has taken its place meanwhile
     *     is not read
     * @throws QuestionCancelled when nobody waits any more; the model has been told to stop then
     */
    public static Generated read(
            Generator generator, String model, ChatRequest request, Presence presence, Listener listener) {
        presence.require();
        try (ChatStream stream = generator.chat(request)) {
            presence.onLeave(stream::close);
            stream.requireModel(model);
            listener.accepted();
            for (String piece = stream.next(); piece != null; piece = stream.next()) {
                presence.require();
                listener.piece(piece, stream);
            }
            return stream.result();
        } catch (InferenceFailed e) {
            // Closing the stream from outside looks like a failure to its reader.
            presence.require();
            throw e;
        }
    }
}
