package org.cartulary.inference;

/** One turn of a conversation, as a chat template takes it. */
public record ChatMessage(Role role, String content) {
    /** Who speaks. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT
    }
}
