package org.cartulary.retrieval.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.lucene.util.IOUtils;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.inference.Embedder;
import org.cartulary.retrieval.catalog.Written;
import org.cartulary.retrieval.replay.RecordedSearch.RecordedHit;
import org.cartulary.retrieval.replay.ReplayedSearch.Difference;
import org.cartulary.retrieval.replay.ReplayedSearch.Grade;
import org.cartulary.retrieval.replay.ReplayedSearch.Reason;
import org.cartulary.retrieval.search.Reranked;
import org.cartulary.retrieval.search.Scores;
import org.cartulary.retrieval.search.SearchRequest;
import org.cartulary.retrieval.search.SearchResult;
import org.cartulary.retrieval.testing.Installation;
import org.cartulary.retrieval.testing.ScriptedReranker;
import org.cartulary.retrieval.testing.TestEmbedder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the real embedder. */
class SearchReplayTest {
    private static final String QUESTION = "How long are visitor logs kept?";

    private Installation installation;
    private UUID collection;
    private UUID kept;

    @BeforeEach
    void write() {
        installation = Installation.fresh();
        collection = installation.collection("ward");
        kept = ready(installation.write(collection, "logs", "Visitor logs are kept for 90 days.\n\nThen they go."));
        installation.write(collection, "masks", "Masks are kept in the store room.");
        installation.write(collection, "keys", "Keys are handed out to visitors at the desk.");
    }

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void comesOutExactWhereNothingChangedAlsoAfterARestartWithoutLucene() throws IOException {
        RecordedSearch recorded = recorded(installation.retrieval().search().search(request()));
        assertThat(replay(recorded).grade()).isEqualTo(Grade.EXACT);
        installation.stop();
        IOUtils.rm(installation.lucene());
        installation.start();
        ReplayedSearch again = replay(recorded);
        assertThat(again.grade()).isEqualTo(Grade.EXACT);
        assertThat(again.changesSince()).isZero();
        assertThat(again.differences()).isEmpty();
    }

    /** Each text goes through the model alone; no replay rests on it, but a question asked twice finds the same. */
    @Test
    void theVectorOfAQuestionDoesNotDependOnWhatIsEmbeddedWithIt() {
        Embedder embedder = TestEmbedder.shared();
        float[] alone = embedder.embed(List.of(QUESTION), Embedder.Input.QUERY).getFirst();
        List<float[]> amongOthers = embedder.embed(
                List.of("The quartermaster keeps " + "lanterns, oil and wicks ".repeat(60), QUESTION, "7 µg/kg?"),
                Embedder.Input.QUERY);
        assertThat(amongOthers.get(1)).isEqualTo(alone);
    }

    /** On another processor the same question has another vector: as different as this one, to make it plain. */
    @Test
    void isMadeWithTheVectorOfThenAndNotWithThatOfTheQuestionNow() {
        float[] ofThen = TestEmbedder.shared()
                .embed(List.of("Where do the masks lie?"), Embedder.Input.QUERY)
                .getFirst();
        SearchResult then = installation.retrieval().search().searchAgain(request(), List.of(ofThen), null);
        SearchResult now = installation.retrieval().search().search(request());
        assertThat(then.hits()).isNotEqualTo(now.hits());
        assertThat(replay(recorded(then)).grade()).isEqualTo(Grade.EXACT);
    }

    @Test
    void takesWhatARerankerSaidFromTheRecord() {
        RecordedSearch without = recorded(installation.retrieval().search().search(request()));
        installation.rerankWith(ScriptedReranker.by(text -> 1.0 / text.length()));
        RecordedSearch recorded = recorded(installation.retrieval().search().search(request()));
        assertThat(recorded.hits()).isNotEqualTo(without.hits());
        installation.rerankWith(null);
        assertThat(replay(recorded).grade()).isEqualTo(Grade.EXACT);
        assertThat(replay(without).grade()).isEqualTo(Grade.EXACT);
    }

    @Test
    void saysWhichHitsDifferAndWhy() {
        RecordedSearch recorded = recorded(installation.retrieval().search().search(request()));
        assertThat(installation.retrieval().writer().delete(kept, Principal.CONSOLE))
                .isTrue();
        UUID written = ready(installation.write(collection, "new", "Visitor logs are kept for a year now."));
        ReplayedSearch again = replay(recorded);
        assertThat(again.grade()).isEqualTo(Grade.DIFFERS);
        assertThat(again.changesSince()).isEqualTo(2);
        assertThat(again.differences())
                .filteredOn(difference -> difference.document().equals(kept))
                .isNotEmpty()
                .allMatch(difference -> difference.reason() == Reason.GONE && difference.now() == null);
        assertThat(again.differences())
                .filteredOn(difference -> difference.document().equals(written))
                .extracting(Difference::reason)
                .containsExactly(Reason.WRITTEN_SINCE);
    }

    @Test
    void otherScoresOfTheSameHitsAreToldApart() {
        RecordedSearch found = recorded(installation.retrieval().search().search(request()));
        List<RecordedHit> nudged = new ArrayList<>(found.hits());
        RecordedHit first = nudged.getFirst();
        nudged.set(
                0,
                new RecordedHit(
                        first.passage(),
                        first.document(),
                        new Scores(
                                first.scores().bm25(),
                                first.scores().dense(),
                                first.scores().fused(),
                                null,
                                Math.nextUp(first.scores().ranked()))));
        RecordedSearch recorded = new RecordedSearch(
                found.index(), found.request(), found.vectors(), null, found.change(), found.offset(), nudged);
        assertThat(replay(recorded).grade()).isEqualTo(Grade.SAME_HITS);
    }

    @Test
    void anIndexThatIsNotThereIsNotReplacedByAnother() {
        RecordedSearch found = recorded(installation.retrieval().search().search(request()));
        RecordedSearch elsewhere = new RecordedSearch(
                "g9-000000000000", found.request(), found.vectors(), null, found.change(), 0, found.hits());
        assertThat(new SearchReplay(
                                installation.jdbi(), installation.retrieval().builder())
                        .replay(elsewhere))
                .isEmpty();
    }

    private ReplayedSearch replay(RecordedSearch recorded) {
        return new SearchReplay(installation.jdbi(), installation.retrieval().builder())
                .replay(recorded)
                .orElseThrow();
    }

    private SearchRequest request() {
        return new SearchRequest(
                QUESTION, installation.retrieval().inForce(installation.rights(Principal.CONSOLE)), 12);
    }

    private RecordedSearch recorded(SearchResult found) {
        return new RecordedSearch(
                found.generation(),
                request(),
                found.queryVectors(),
                found.reranked() instanceof Reranked.Yes yes ? yes.record() : null,
                found.change(),
                0,
                found.hits().stream()
                        .map(hit -> new RecordedHit(hit.passage(), hit.document(), hit.scores()))
                        .toList());
    }

    private static UUID ready(Written written) {
        return ((Written.Ready) written).document();
    }
}
