package org.cartulary.inference;

/**
 * What a model is, from its manifest.
 *
 * @param sha256 of the model file, in hex
 * @param role what it is for
 * @param kernel the native engine and CPU variant that runs it, for example {@code llama.cpp v0.5.0 (sapphirerapids)}
 * @param contextTokens its window as loaded
 * @param demonstrationOnly too weak to be trusted with answers of its own
 */
public record ModelCard(
        String sha256,
        String name,
        Role role,
        String quantisation,
        String licence,
        String kernel,
        int contextTokens,
        boolean demonstrationOnly) {
    /** What a model is for. */
    public enum Role {
        CHAT,
        EMBEDDING,
        RERANK
    }
}
