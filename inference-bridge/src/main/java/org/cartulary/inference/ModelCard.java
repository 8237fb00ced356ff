package org.cartulary.inference;

import java.util.List;

/**
 * What a model is, from its manifest.
 *
 * @param sha256 of the model file, in hex
 * @param role what it is for
 * @param kernel the native engine and CPU variant that runs it, for example {@code llama.cpp v0.5.0 (sapphirerapids)}
 * @param contextTokens its window as loaded
 * @param demonstrationOnly too weak to be trusted with answers of its own
 * @param languages that it knows, ISO 639-1; empty where nobody said, which is taken for all
 */
public record ModelCard(
        String sha256,
        String name,
        Role role,
        String quantisation,
        String licence,
        String kernel,
        int contextTokens,
        boolean demonstrationOnly,
        List<String> languages) {
    public ModelCard {
        languages = List.copyOf(languages);
    }

    /** Whether texts in a language mean something to it. */
    public boolean knows(String language) {
        return languages.isEmpty() || languages.contains(language);
    }

    /** What a model is for. */
    public enum Role {
        CHAT,
        EMBEDDING,
        RERANK
    }
}
