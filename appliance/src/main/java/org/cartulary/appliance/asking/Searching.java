package org.cartulary.appliance.asking;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.retrieval.conflict.Conflict;
import org.cartulary.retrieval.conflict.Conflicts;
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
     * Some of the best passages.
     *
     * @param result its hits are those of the page alone
     * @param more whether others follow
     * @param conflicts among the best {@value Conflicts#PASSAGES} passages, however many the page has; of the first page
     *     alone
     */
    public record Page(SearchResult result, boolean more, List<Conflict> conflicts) {
        /** How many passages leave: those of the page, and others whose sentences conflict. */
        int passages() {
            Set<Long> leaving = new HashSet<>();
            result.hits().forEach(hit -> leaving.add(hit.passage()));
            for (Conflict conflict : conflicts) {
                leaving.add(conflict.one().hit().passage());
                leaving.add(conflict.other().hit().passage());
            }
            return leaving.size();
        }
    }

    /**
     * The best passages of a collection, a page at a time. Each page is a search of its own, so that a change of documents
     * or rights counts at the next one.
     *
     * @param offset passages of the pages before; with {@code limit} 1,000 at most
     * @param limit 1 to 100
     */
    public Page search(Principal by, Question asked, int offset, int limit) {
        Map<String, Object> recorded = asked.recorded(Map.of("limit", limit, "offset", offset));
        return log.record(by, QuestionLog.Act.SEARCH, recorded, question -> {
            ReadFilter filter = rights.of(by).narrowedTo(asked.collection().id());
            SearchScope scope = asked.wishes().within(filter, rights.today());
            int wanted = Math.clamp(offset + limit + 1L, Conflicts.PASSAGES, SearchRequest.MAX_LIMIT);
            Page page =
                    page(search.search(new SearchRequest(asked.text(), scope, wanted, asked.wording())), offset, limit);
            SearchResult shown = page.result();
            Map<String, Object> sealed = new TreeMap<>(SearchRecord.of(shown, offset));
            if (!page.conflicts().isEmpty()) {
                sealed.put("conflicts", RecordedHits.conflicts(page.conflicts()));
            }
            question.retrieved(filter, shown.generation(), null, page.passages(), sealed);
            question.end(EntryType.ANSWERED, "found", Map.of());
            return page;
        });
    }

    private static Page page(SearchResult all, int offset, int limit) {
        int from = Math.min(offset, all.hits().size());
        int to = Math.min(from + limit, all.hits().size());
        List<Conflict> conflicts = offset == 0 ? Conflicts.among(all) : List.of();
        return new Page(all.only(all.hits().subList(from, to)), to < all.hits().size(), conflicts);
    }
}
