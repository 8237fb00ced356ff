package org.cartulary.appliance.asking;

import java.util.Map;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.retrieval.scope.SearchScope;
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
    public SearchResult search(Principal by, Question asked, int limit) {
        Map<String, Object> recorded = asked.recorded(Map.of("limit", limit));
        return log.record(by, QuestionLog.Act.SEARCH, recorded, question -> {
            ReadFilter filter = rights.of(by).narrowedTo(asked.collection().id());
            SearchScope scope = asked.wishes().within(filter, rights.today());
            SearchResult result = search.search(new SearchRequest(asked.text(), scope, limit));
            question.retrieved(
                    filter,
                    result.generation(),
                    null,
                    result.hits().size(),
                    Map.of(
                            "hits",
                            RecordedHits.of(result.hits()),
                            "queryVector",
                            RecordedHits.vector(result.queryVector()),
                            "day",
                            scope.on().toString()));
            question.end(EntryType.ANSWERED, "found", Map.of());
            return result;
        });
    }
}
