package org.cartulary.appliance.asking;

import java.util.Map;
import java.util.TreeMap;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.purpose.Stated;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.retrieval.catalog.Collection;
import org.cartulary.retrieval.search.Search;
import org.cartulary.retrieval.search.SearchRequest;
import org.cartulary.retrieval.search.SearchResult;

/** Finds passages, on record: what it returns is document text. Thread-safe. */
public final class Searching {
    private final QuestionLog log;
    private final Rights rights;
    private final Search search;

    public Searching(QuestionLog log, Rights rights, Search search) {
        this.log = log;
        this.rights = rights;
        this.search = search;
    }

    /**
     * The best passages of a collection.
     *
     * @param limit 1 to 100
     */
    public SearchResult search(Principal by, String query, Collection collection, Stated stated, int limit) {
        Map<String, Object> asked = new TreeMap<>(stated.recorded());
        asked.put("question", query);
        asked.put("collection", collection.id().toString());
        asked.put("parameters", Map.of("limit", limit));
        return log.record(by, QuestionLog.Act.SEARCH, asked, question -> {
            ReadFilter filter = rights.of(by).narrowedTo(collection.id());
            SearchResult result = search.search(new SearchRequest(query, filter, limit));
            question.retrieved(
                    filter,
                    result.generation(),
                    null,
                    result.hits().size(),
                    Map.of(
                            "hits",
                            RecordedHits.of(result.hits()),
                            "queryVector",
                            RecordedHits.vector(result.queryVector())));
            question.end(EntryType.ANSWERED, "found", Map.of());
            return result;
        });
    }
}
