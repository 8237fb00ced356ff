package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.indexing.Indexing;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Role;
import org.cartulary.retrieval.building.IndexStatus;
import org.cartulary.retrieval.evaluation.ComparisonReport;
import org.cartulary.retrieval.evaluation.SystemReport;
import org.cartulary.retrieval.generation.Generation;
import org.cartulary.retrieval.generation.GenerationRow;
import org.jspecify.annotations.Nullable;

/** Index generations: one is searched, one may be built beside it, those before can be switched back to. */
@Controller("/api/index")
@ExecuteOn(TaskExecutors.BLOCKING)
final class IndexController {
    private final Indexing indexing;
    private final Reading reading;
    private final ProgressStreams streams;

    IndexController(Indexing indexing, Reading reading, ProgressStreams streams) {
        this.indexing = indexing;
        this.reading = reading;
        this.streams = streams;
    }

    /** Every index that there was, how far it is, and why another would be better than the one that is searched. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Get
    IndexList list() {
        return new IndexList(indexing.list().stream().map(this::view).toList(), indexing.remarks());
    }

    /** Begins an index beside the one that is searched, which goes on answering. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Post(produces = {MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
    @ApiResponse(
            responseCode = "200",
            description =
                    "The index as it is begun or, where the caller waits, as it is built, or the events until then.",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = IndexView.class)),
                @Content(mediaType = MediaType.TEXT_EVENT_STREAM, schema = @Schema(implementation = String.class))
            })
    HttpResponse<?> build(@Body IndexWish wish, HttpRequest<?> request, Authentication caller) {
        Principal by = Caller.of(caller).principal();
        IndexStatus begun = indexing.build(by, wish.embedder());
        if (!Boolean.TRUE.equals(wish.untilBuilt())) {
            return HttpResponse.ok(view(begun));
        }
        return request.accept().contains(MediaType.TEXT_EVENT_STREAM_TYPE)
                ? HttpResponse.ok(streams.of(progress -> view(indexing.awaitBuilt(progress))))
                        .contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
                : HttpResponse.ok(view(indexing.awaitBuilt((step, done, total) -> {})));
    }

    /**
     * Lets all searches that begin from now on go to another index; those under way end where they began. Refused where no
     * calibration counts for its embedder, unless {@code uncalibrated} is true.
     */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Post("/{name}/switch")
    IndexView switchTo(String name, @QueryValue(defaultValue = "false") boolean uncalibrated, Authentication caller) {
        return view(indexing.switchTo(Caller.of(caller).principal(), name, uncalibrated));
    }

    /** Gives up the index that is being built, or is built and was not switched to. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Post("/cancel")
    IndexView cancel(Authentication caller) {
        return view(indexing.cancel(Caller.of(caller).principal()));
    }

    /** Frees the room of an index of before, which cannot be switched back to then. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Delete("/{name}")
    IndexView drop(String name, Authentication caller) {
        return view(indexing.drop(Caller.of(caller).principal(), name));
    }

    /**
     * Asks two indexes questions with known answers, among the documents that the caller may read. Figures come back, no
     * text and no document.
     */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Post("/compare")
    ComparisonView compare(@Body IndexPair pair, Authentication caller) {
        Principal by = Caller.of(caller).principal();
        return ComparisonView.of(indexing.compare(
                by,
                new Indexing.Comparing(
                        reading.collection(pair.collection(), by),
                        pair.first(),
                        pair.second(),
                        pair.queries(),
                        pair.qrels())));
    }

    private IndexView view(IndexStatus index) {
        return IndexView.of(index, indexing.embedder(index).orElse(null));
    }

    /**
     * A wish for an index.
     *
     * @param embedder name or at least 8 digits of the hash; the one that serves where it is absent
     * @param untilBuilt whether to answer only when it is built
     */
    @Serdeable
    record IndexWish(@Nullable String embedder, @Nullable Boolean untilBuilt) {}

    /**
     * Two indexes and questions to both.
     *
     * @param first the one that is searched where it is absent
     * @param second the one that is built where it is absent
     * @param queries lines of JSON, each with {@code _id} and {@code text}; at most 5,000
     * @param qrels a line of heads, then lines of question id, path of a document, and grade, parted by tabs
     */
    @Serdeable
    record IndexPair(
            String collection,
            @Nullable String first,
            @Nullable String second,
            String queries,
            String qrels) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record IndexList(List<IndexView> indexes, List<String> remarks) {}

    /**
     * An index.
     *
     * @param state {@code building}, {@code built}, {@code active}, {@code retired} or {@code dropped}
     * @param embedderName null where its model is in the store no more
     * @param documents that are ready in the installation
     * @param cutDocuments those of them whose passages it has
     * @param embedded those of its passages that have a vector
     * @param failure why it halts; null while it goes on
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record IndexView(
            String name,
            String state,
            String embedder,
            @Nullable String embedderName,
            String kernel,
            int dimension,
            String chunker,
            String analyser,
            long documents,
            long cutDocuments,
            long passages,
            long embedded,
            String createdAt,
            @Nullable String begunBy,
            @Nullable String failure,
            @Nullable String activatedAt) {
        static IndexView of(IndexStatus index, @Nullable String embedderName) {
            GenerationRow row = index.row();
            Generation generation = row.generation();
            return new IndexView(
                    generation.name(),
                    row.state().word(),
                    generation.recipe().embedderSha256(),
                    embedderName,
                    generation.kernel(),
                    generation.dimension(),
                    generation.recipe().chunkerVersion(),
                    generation.recipe().analyserVersion(),
                    index.counts().documents(),
                    index.counts().cut(),
                    index.counts().passages(),
                    index.counts().embedded(),
                    row.createdAt().toString(),
                    row.begunBy(),
                    row.failure(),
                    row.activatedAt() == null ? null : row.activatedAt().toString());
        }
    }

    /**
     * How two indexes did.
     *
     * @param ndcgDifference of the second less the first, with its 95% interval
     * @param overlapAt10 mean share of the first ten documents that both find
     */
    @Serdeable
    record ComparisonView(
            int questions,
            int judgedDocuments,
            long findableDocuments,
            SideView first,
            SideView second,
            double ndcgDifference,
            double ndcgDifferenceLow,
            double ndcgDifferenceHigh,
            double overlapAt10) {
        static ComparisonView of(ComparisonReport report) {
            return new ComparisonView(
                    report.questions(),
                    report.judgedDocuments(),
                    report.findableDocuments(),
                    SideView.of(report.first()),
                    SideView.of(report.second()),
                    report.ndcgDifference(),
                    report.ndcgLow(),
                    report.ndcgHigh(),
                    report.overlapAt10());
        }
    }

    @Serdeable
    record SideView(String index, double ndcgAt10, double recallAt100, double mrrAt10, double p50Ms, double p99Ms) {
        static SideView of(ComparisonReport.Side side) {
            SystemReport fused = side.fused();
            return new SideView(
                    side.index(),
                    fused.ndcgAt10(),
                    fused.recallAt100(),
                    fused.mrrAt10(),
                    fused.p50Millis(),
                    fused.p99Millis());
        }
    }
}
