package org.cartulary.inference.llama;

import java.util.List;
import org.cartulary.inference.ChatMessage;

/** Makes the prompt of a conversation, as text that knows where it came from. Thread-safe. */
interface PromptWriter {
    /**
     * The parts of the prompt that ends where the assistant's answer begins.
     *
     * @throws org.cartulary.inference.InferenceRefused when there is no place for one of the messages
     */
    List<PromptTokeniser.Part> parts(List<ChatMessage> messages);
}
