package org.cartulary.appliance.openai;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Documents to order by how well they answer a query, as Cohere's, Jina's and llama-server's clients ask for it.
 *
 * @param documents 1 to 256 texts, none empty
 * @param topN how many are wanted, the best first
 */
record RerankRequest(String model, String query, List<String> documents, int topN, boolean returnDocuments) {
    static final int MOST_DOCUMENTS = 256;
    private static final String DOCUMENTS = "documents";
    private static final Set<String> KNOWN = Set.of("model", "query", DOCUMENTS, "top_n", "return_documents");

    static RerankRequest parse(Map<String, Object> body) {
        Parameters parameters = new Parameters(body);
        parameters.requireKnown(KNOWN);
        List<String> documents = documents(parameters.any(DOCUMENTS));
        return new RerankRequest(
                parameters.text("model"),
                parameters.text("query"),
                documents,
                (int) Math.min(documents.size(), parameters.integer("top_n", documents.size(), 1, Integer.MAX_VALUE)),
                parameters.flag("return_documents"));
    }

    private static List<String> documents(@Nullable Object value) {
        if (!(value instanceof List<?> many) || many.isEmpty() || many.size() > MOST_DOCUMENTS) {
            throw Parameters.refused(
                    DOCUMENTS,
                    "documents must be a list of 1 to " + MOST_DOCUMENTS + " texts"
                            + (value instanceof List<?> list ? ", but has " + list.size() + "." : "."));
        }
        return many.stream().map(RerankRequest::text).toList();
    }

    /** A text, or an object that has one. */
    private static String text(@Nullable Object item) {
        Object text = item instanceof Map<?, ?> document ? document.get("text") : item;
        if (text instanceof String words && !words.isBlank()) {
            return Parameters.sound(DOCUMENTS, words);
        }
        throw Parameters.refused(DOCUMENTS, "Each of documents must be a text, or an object with a text.");
    }
}
