package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Locale;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.audit.Replaying;
import org.cartulary.appliance.audit.Reviewing;
import org.cartulary.appliance.audit.SearchReplaying;
import org.cartulary.compliance.evidence.EntrySummary;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.evidence.PublishedLog;
import org.cartulary.compliance.evidence.Shard;
import org.cartulary.compliance.people.Role;
import org.cartulary.inference.Replayed;
import org.cartulary.retrieval.replay.ReplayedSearch;
import org.jspecify.annotations.Nullable;

/** The evidence: its checkpoint, its entries, and what is made again from them. */
@Controller("/api/audit")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AuditController {
    private static final int MAX_LIMIT = 1_000;

    private final EvidenceLog log;
    private final Replaying replaying;
    private final SearchReplaying searches;
    private final Reviewing reviewing;

    AuditController(EvidenceLog log, Replaying replaying, SearchReplaying searches, Reviewing reviewing) {
        this.log = log;
        this.replaying = replaying;
        this.searches = searches;
        this.reviewing = reviewing;
    }

    /** The published checkpoint, a C2SP signed note. */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Get(value = "/checkpoint", produces = MediaType.TEXT_PLAIN)
    String checkpoint() {
        return log.published().note();
    }

    /** The shards of the log, oldest first: one for each year, and one more after each change of the log's key. */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Get("/shards")
    List<ShardView> shards() {
        return log.shards().stream().map(ShardView::of).toList();
    }

    /**
     * Entries in tree order: what stands in clear in them, never what is sealed.
     *
     * @param shard by its name; the open one where it is left out
     */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Get("/entries")
    Entries entries(
            @QueryValue(defaultValue = "0") long from,
            @QueryValue(defaultValue = "100") int limit,
            @Nullable @QueryValue String shard) {
        if (from < 0 || limit < 1 || limit > MAX_LIMIT) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST, "from must be 0 or more and limit must lie in 1 to " + MAX_LIMIT + ".");
        }
        PublishedLog of = named(shard);
        String name = of.shard().name();
        return new Entries(
                name,
                log.entries(name, from, limit).stream().map(EntryView::of).toList(),
                of.checkpoint().size());
    }

    private PublishedLog named(@Nullable String shard) {
        try {
            return shard == null ? log.published() : log.published(shard);
        } catch (IllegalArgumentException e) {
            throw new Refused(HttpStatus.NOT_FOUND, e.getMessage() + ".", "shard", null);
        }
    }

    /**
     * Makes the generated answer to a question again, by the same model in a lane of its own, and compares token by token.
     *
     * @param number of the question
     */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Post("/replay/{number}")
    Replay replay(long number, HttpRequest<?> request, Authentication caller) {
        reviewing.note(Caller.of(caller).principal(), "replay", number);
        try (CallerWatch watch = CallerWatch.of(request, caller)) {
            Replaying.Grading grading = replaying.replay(number, watch.presence());
            Replayed replayed = grading.replayed();
            return new Replay(
                    number,
                    replayed.words(),
                    replayed.sameTokens(),
                    replayed.recordedTokens(),
                    replayed.kernel(),
                    grading.recordedKernel(),
                    replayed.threads());
        }
    }

    /**
     * Makes the search of a question again, in the index of then with the vector and the rights of then, among the documents
     * of now, and compares hit by hit.
     *
     * @param number of the question
     */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Post("/replay-search/{number}")
    SearchAgain replaySearch(long number, Authentication caller) {
        reviewing.note(Caller.of(caller).principal(), "replay-search", number);
        return SearchAgain.of(number, searches.replay(number));
    }

    /**
     * How a search came out again.
     *
     * @param grade {@code exact}, {@code same-hits} (with other scores) or {@code differs}
     * @param changesSince changes of documents since; where there are none, anything but {@code exact} is a fault
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record SearchAgain(
            long number, String index, String grade, int hits, long changesSince, List<DifferenceView> differences) {
        static SearchAgain of(long number, ReplayedSearch again) {
            return new SearchAgain(
                    number,
                    again.index(),
                    word(again.grade()),
                    again.hits(),
                    again.changesSince(),
                    again.differences().stream().map(DifferenceView::of).toList());
        }
    }

    /**
     * A hit that is not where it was.
     *
     * @param before rank, or null where it was no hit
     * @param reason {@code gone}, {@code changed}, {@code written-since} or {@code moved}
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record DifferenceView(
            String passage,
            String document,
            @Nullable Integer before,
            @Nullable Integer now,
            String reason) {
        static DifferenceView of(ReplayedSearch.Difference difference) {
            return new DifferenceView(
                    Long.toString(difference.passage()),
                    difference.document().toString(),
                    difference.before(),
                    difference.now(),
                    word(difference.reason()));
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * How a replay went.
     *
     * @param grade {@code identical}, {@code same to token N}, or {@code diverged}
     * @param recordedKernel what computed the recorded answer; where it is not {@code kernel}, other tokens prove nothing
     */
    @Serdeable
    record Replay(
            long number,
            String grade,
            int sameTokens,
            int recordedTokens,
            String kernel,
            String recordedKernel,
            int threads) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Entries(String shard, List<EntryView> entries, long size) {}

    /**
     * A tree of the log.
     *
     * @param vkey by which its checkpoints are verified
     * @param closed null for the one that is written
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ShardView(
            String name,
            String origin,
            String vkey,
            String opened,
            @Nullable String closed) {
        static ShardView of(Shard shard) {
            return new ShardView(
                    shard.name(),
                    shard.origin(),
                    shard.vkey(),
                    shard.openedAt().toString(),
                    shard.closedAt() == null ? null : shard.closedAt().toString());
        }
    }

    /** An entry as every reader of every bundle sees it. */
    @Serdeable
    record EntryView(long index, String type, long number, String time, String actor) {
        static EntryView of(EntrySummary entry) {
            return new EntryView(
                    entry.index(),
                    entry.type().wireName(),
                    entry.number(),
                    entry.time().toString(),
                    entry.actor());
        }
    }
}
