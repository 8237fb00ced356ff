package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.audit.Comparison;
import org.cartulary.appliance.audit.Reviewing;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.evidence.Found;
import org.cartulary.compliance.evidence.OpenedEntry;
import org.cartulary.compliance.evidence.Receipt;
import org.cartulary.compliance.evidence.Shard;
import org.cartulary.compliance.evidence.Wanted;
import org.cartulary.compliance.people.Role;
import org.jspecify.annotations.Nullable;

/** Questions on record, for those who review them. Each look is an entry of the log, written before anything is shown. */
@Controller("/api/audit")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ReviewController {
    private static final int MAX_LIMIT = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Reviewing reviewing;
    private final EvidenceLog log;

    ReviewController(Reviewing reviewing, EvidenceLog log) {
        this.reviewing = reviewing;
        this.log = log;
    }

    /**
     * Questions, and with {@code all} other acts too, latest first.
     *
     * @param from first time: an instant, or a day in UTC
     * @param to before which
     * @param actor pseudonym
     * @param outcome how a question ended, such as answered or abstained
     * @param document id of one that was found or shown
     * @param reference of a case, as it was stated
     * @param model SHA-256 of the file of the model that answered
     * @param before number of the last one of the page before
     */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Get("/questions")
    Page questions(
            @Nullable @QueryValue String from,
            @Nullable @QueryValue String to,
            @Nullable @QueryValue String actor,
            @Nullable @QueryValue String outcome,
            @Nullable @QueryValue String document,
            @Nullable @QueryValue String reference,
            @Nullable @QueryValue String model,
            @QueryValue(defaultValue = "false") boolean all,
            @Nullable @QueryValue Long before,
            @QueryValue(defaultValue = "50") int limit,
            Authentication caller) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new Refused(HttpStatus.BAD_REQUEST, "limit must lie in 1 to " + MAX_LIMIT + ".", "limit", null);
        }
        Wanted wanted = new Wanted(
                EvidenceQuery.time(from, "from", ""),
                EvidenceQuery.time(to, "to", ""),
                actor,
                EvidenceQuery.outcome(outcome),
                document,
                reference,
                model,
                !all);
        List<Found> found = reviewing.search(
                Caller.of(caller).principal(), wanted, before == null ? Long.MAX_VALUE : before, limit);
        Map<String, String> names = reviewing.unmasked();
        return new Page(
                found.stream().map(one -> FoundView.of(one, names)).toList(),
                found.size() == limit ? found.getLast().number() : null);
    }

    /** A question or another act with all its entries, opened, and its reviews. */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Get("/questions/{number}")
    RecordView question(long number, Authentication caller) {
        return view(reviewing.open(Caller.of(caller).principal(), number));
    }

    /** The receipt of anybody's question: proof and disclosed record as one object. */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Get(value = "/questions/{number}/receipt", produces = MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> receipt(long number, Authentication caller) {
        Receipt receipt = reviewing.receipt(Caller.of(caller).principal(), number);
        return HttpResponse.ok(ReceiptController.whole(receipt).getBytes(StandardCharsets.UTF_8))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    /** The proof of anybody's question alone, as a file. */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Get(value = "/questions/{number}/receipt/proof", produces = MediaType.TEXT_PLAIN)
    HttpResponse<byte[]> proof(long number, Authentication caller) {
        return ReceiptController.proofFile(reviewing.receipt(Caller.of(caller).principal(), number));
    }

    /** The disclosed record of anybody's question alone, as a file. */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Get(value = "/questions/{number}/receipt/record", produces = MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> record(long number, Authentication caller) {
        return ReceiptController.recordFile(reviewing.receipt(Caller.of(caller).principal(), number));
    }

    /** Two questions beside each other. */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Get("/compare")
    ComparisonView compare(@QueryValue long one, @QueryValue long other, Authentication caller) {
        Comparison comparison = reviewing.compare(Caller.of(caller).principal(), one, other);
        return new ComparisonView(
                SideView.of(comparison.one()),
                SideView.of(comparison.other()),
                comparison.sameQuestion(),
                comparison.samePolicy(),
                comparison.sameIndex(),
                comparison.sameModel(),
                SharedView.of(comparison.hits()),
                SharedView.of(comparison.sentences()));
    }

    /** Signs off what was found of a question. It can be reviewed again; every review stays. */
    @CalledBy(value = Role.COMPLIANCE_OFFICER, scopes = Scope.AUDIT)
    @Post("/questions/{number}/reviews")
    HttpResponse<Reviewed> review(long number, @Body Review review, Authentication caller) {
        String remark = review.remark() == null ? "" : review.remark();
        long own = reviewing.review(Caller.of(caller).principal(), number, review.verdict(), remark);
        return HttpResponse.created(new Reviewed(number, own));
    }

    private RecordView view(Reviewing.QuestionRecord record) {
        Map<String, String> names = reviewing.unmasked();
        return new RecordView(
                record.number(),
                record.entries().stream().map(entry -> view(entry, names)).toList(),
                record.reviews().stream().map(entry -> view(entry, names)).toList());
    }

    private OpenedView view(OpenedEntry entry, Map<String, String> names) {
        String shard = log.shards().stream()
                .filter(one -> one.id() == entry.shard())
                .map(Shard::name)
                .findFirst()
                .orElse("");
        return new OpenedView(
                entry.number(),
                entry.type().wireName(),
                shard,
                entry.index(),
                entry.time().toString(),
                entry.actor(),
                names.get(entry.actor()),
                object(entry.clear()),
                entry.sealed().map(ReviewController::object).orElse(null));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(JsonNode node) {
        return JSON.convertValue(node, Map.class);
    }

    /**
     * Some that were found.
     *
     * @param next to be given as {@code before}; null where there is no more
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Page(List<FoundView> questions, @Nullable Long next) {}

    /**
     * What stands in clear of a question or another act.
     *
     * @param actor pseudonym in that shard
     * @param person who that is, where two people had it unmasked
     * @param outcome null for another act, and as long as a question is open
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record FoundView(
            long number,
            String type,
            String shard,
            String time,
            String actor,
            @Nullable String person,
            @Nullable String outcome,
            @Nullable String ended) {
        static FoundView of(Found found, Map<String, String> names) {
            return new FoundView(
                    found.number(),
                    found.type().wireName(),
                    found.shard(),
                    found.time().toString(),
                    found.actor(),
                    names.get(found.actor()),
                    found.ended() == null ? null : found.ended().wireName(),
                    found.endedAt() == null ? null : found.endedAt().toString());
        }
    }

    /** All of one number. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record RecordView(long number, List<OpenedView> entries, List<OpenedView> reviews) {}

    /**
     * An entry with what it seals.
     *
     * @param index in the tree of its shard; null until it has its place
     * @param leaf what stands in clear, with digests
     * @param sealed null once its key was destroyed
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record OpenedView(
            long number,
            String type,
            String shard,
            @Nullable Long index,
            String time,
            String actor,
            @Nullable String person,
            Map<String, Object> leaf,
            @Nullable Map<String, Object> sealed) {}

    /** One of two that are compared. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record SideView(long number, String question, @Nullable String outcome, String answer) {
        static SideView of(Reviewing.QuestionRecord record) {
            return new SideView(
                    record.number(),
                    Comparison.question(record),
                    record.end().map(end -> end.type().wireName()).orElse(null),
                    Comparison.answer(record));
        }
    }

    /** What two have in common, and what one has alone. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record SharedView(List<String> both, List<String> onlyOne, List<String> onlyOther) {
        static SharedView of(Comparison.Shared shared) {
            return new SharedView(shared.both(), shared.onlyOne(), shared.onlyOther());
        }
    }

    /**
     * Two questions beside each other.
     *
     * @param hits ids of passages
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ComparisonView(
            SideView one,
            SideView other,
            boolean sameQuestion,
            boolean samePolicy,
            boolean sameIndex,
            boolean sameModel,
            SharedView hits,
            SharedView sentences) {}

    /** @param verdict correct, incomplete, incorrect, unsupported or harmful */
    @Serdeable
    record Review(String verdict, @Nullable String remark) {}

    /** @param review number of the entry that keeps it */
    @Serdeable
    record Reviewed(long number, long review) {}
}
