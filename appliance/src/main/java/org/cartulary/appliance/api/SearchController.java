package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.asking.Question;
import org.cartulary.appliance.asking.Searching;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.purpose.Stated;
import org.cartulary.retrieval.catalog.Collection;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.Reranked;
import org.cartulary.retrieval.search.SearchRequest;
import org.cartulary.retrieval.search.SearchResult;
import org.cartulary.retrieval.search.WhyHit;
import org.cartulary.retrieval.understanding.Wording;
import org.jspecify.annotations.Nullable;

/** Finding passages without an answer. */
@Controller("/api/search")
@ExecuteOn(TaskExecutors.BLOCKING)
final class SearchController {
    private static final int MAX_LIMIT = 100;

    private final Searching searching;
    private final Reading reading;

    SearchController(Searching searching, Reading reading) {
        this.searching = searching;
        this.reading = reading;
    }

    /** The best passages, best first, with their scores by stage. */
    @CalledBy(
            value = {Role.READER, Role.CURATOR, Role.SERVICE},
            scopes = Scope.ASK,
            question = true)
    @Post
    Hits search(@Body Query query, HttpRequest<?> request, Authentication caller) {
        Principal principal = Caller.of(caller).principal();
        int limit = query.limit() == null ? 10 : query.limit();
        if (query.query().isBlank() || query.query().length() > SearchRequest.MAX_QUERY_LENGTH) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "A query has 1 to " + SearchRequest.MAX_QUERY_LENGTH + " characters, but this one has "
                            + query.query().length() + ".");
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST, "limit must lie in 1 to " + MAX_LIMIT + ", but was " + limit + ".");
        }
        Wording wording = Taken.of(query.language(), query.exact(), query.without(), null);
        Stated stated = StatedPurpose.of(request, query.purpose(), query.reference());
        Collection collection = reading.forQuestion(query.collection(), principal, stated);
        Question question = new Question(query.query(), collection, ScopeBody.wishes(query.scope()), stated, wording);
        SearchCursor cursor = SearchCursor.of(query.cursor(), question);
        if (cursor.offset() + limit > SearchRequest.MAX_LIMIT) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "The best " + SearchRequest.MAX_LIMIT + " passages can be listed, and no more: ask more narrowly.");
        }
        Searching.Page page = searching.search(principal, question, cursor.offset(), limit);
        SearchResult found = page.result();
        return new Hits(
                HitView.of(found),
                page.more() && cursor.offset() + 2 * limit <= SearchRequest.MAX_LIMIT
                        ? cursor.behind(found.hits().size()).text()
                        : null,
                UnderstoodView.of(found.understood()),
                page.conflicts().stream().map(ConflictView::of).toList(),
                RerankerView.of(found.reranked()));
    }

    /**
     * What to look for.
     *
     * @param cursor {@code next} of the page before, for the same query; the first page where absent
     * @param purpose why, where the collection wants to know
     * @param reference the case or the patient, where the collection wants to know
     * @param scope which documents are looked at; those that are in force today where absent
     * @param language of the query, such as {@code de}; told by its words where absent
     * @param exact whether only passages are wanted that hold every phrase in quotation marks
     * @param without words or phrases that no passage may hold, 20 at most
     */
    @Serdeable
    record Query(
            String query,
            String collection,
            @Nullable Integer limit,
            @Nullable String cursor,
            @Nullable String purpose,
            @Nullable String reference,
            @Nullable ScopeBody scope,
            @Nullable String language,
            @Nullable Boolean exact,
            @Nullable List<String> without) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Hits(
            List<HitView> hits,
            @Nullable String next,
            List<UnderstoodView> understood,
            List<ConflictView> conflicts,
            @Nullable RerankerView reranker) {}

    /**
     * The reranker that read the best passages.
     *
     * @param failed why it did not, though it is installed; null where it did
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record RerankerView(
            @Nullable String model,
            @Nullable String sha256,
            @Nullable String failed) {
        static @Nullable RerankerView of(Reranked reranked) {
            return switch (reranked) {
                case Reranked.No _ -> null;
                case Reranked.Yes yes ->
                    new RerankerView(yes.model().name(), yes.model().sha256(), null);
                case Reranked.Failed failed -> new RerankerView(null, null, failed.reason());
            };
        }
    }

    /**
     * A passage found.
     *
     * @param highlights where words of the query stand in {@code text}, as offsets in UTF-16 units
     * @param words content words of the query, as analysed, that stand in its text, title or headings; the weightiest first
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record HitView(
            String document,
            UUID documentId,
            String title,
            @Nullable Integer page,
            @Nullable String anchor,
            String passage,
            String text,
            StandingView standing,
            List<SpanView> highlights,
            List<WordView> words,
            ScoresView scores) {
        static List<HitView> of(SearchResult found) {
            List<WhyHit> why = WhyHit.of(found);
            return IntStream.range(0, why.size())
                    .mapToObj(i -> of(found.hits().get(i), why.get(i)))
                    .toList();
        }

        private static HitView of(Hit hit, WhyHit why) {
            return new HitView(
                    hit.path(),
                    hit.document(),
                    hit.title(),
                    hit.page(),
                    hit.anchor(),
                    Long.toString(hit.passage()),
                    hit.text(),
                    StandingView.of(hit.holding()),
                    why.highlights().stream()
                            .map(span -> new SpanView(span.start(), span.end()))
                            .toList(),
                    why.words().stream()
                            .map(word -> new WordView(word.term(), word.weight()))
                            .toList(),
                    new ScoresView(
                            hit.scores().bm25(),
                            hit.scores().dense(),
                            hit.scores().fused(),
                            hit.scores().reranked(),
                            hit.scores().ranked()));
        }
    }

    @Serdeable
    record SpanView(int start, int end) {}

    /** A word and how much it says: the rarer among what the caller may read, the more. */
    @Serdeable
    record WordView(String word, double weight) {}

    /** Scores by stage; null where that stage did not find the passage. Hits are in the order of {@code ranked}. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ScoresView(
            @Nullable Double bm25,
            @Nullable Double dense,
            double fused,
            @Nullable Double reranked,
            double ranked) {}
}
