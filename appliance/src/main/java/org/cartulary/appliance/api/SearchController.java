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
import org.cartulary.retrieval.search.SearchRequest;
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
        Stated stated = StatedPurpose.of(request, query.purpose(), query.reference());
        Collection collection = reading.forQuestion(query.collection(), principal, stated);
        return new Hits(searching
                .search(
                        principal,
                        new Question(query.query(), collection, ScopeBody.wishes(query.scope()), stated),
                        limit)
                .hits()
                .stream()
                .map(HitView::of)
                .toList());
    }

    /**
     * What to look for.
     *
     * @param purpose why, where the collection wants to know
     * @param reference the case or the patient, where the collection wants to know
     * @param scope which documents are looked at; those that are in force today where absent
     */
    @Serdeable
    record Query(
            String query,
            String collection,
            @Nullable Integer limit,
            @Nullable String purpose,
            @Nullable String reference,
            @Nullable ScopeBody scope) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Hits(List<HitView> hits) {}

    /** A passage found. */
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
            ScoresView scores) {
        static HitView of(Hit hit) {
            return new HitView(
                    hit.path(),
                    hit.document(),
                    hit.title(),
                    hit.page(),
                    hit.anchor(),
                    Long.toString(hit.passage()),
                    hit.text(),
                    StandingView.of(hit.holding()),
                    new ScoresView(
                            hit.scores().bm25(),
                            hit.scores().dense(),
                            hit.scores().fused(),
                            hit.scores().ranked()));
        }
    }

    /** Scores by stage; null where that stage did not find the passage. Hits are in the order of {@code ranked}. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ScoresView(@Nullable Double bm25, @Nullable Double dense, double fused, double ranked) {}
}
