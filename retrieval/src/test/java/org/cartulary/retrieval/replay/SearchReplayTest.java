package org.cartulary.retrieval.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.lucene.util.IOUtils;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.inference.Embedder;
import org.cartulary.retrieval.building.IndexBuilder;
import org.cartulary.retrieval.catalog.Written;
import org.cartulary.retrieval.replay.RecordedSearch.RecordedHit;
import org.cartulary.retrieval.replay.ReplayedSearch.Difference;
import org.cartulary.retrieval.replay.ReplayedSearch.Grade;
import org.cartulary.retrieval.replay.ReplayedSearch.Reason;
import org.cartulary.retrieval.search.Reranked;
import org.cartulary.retrieval.search.Scores;
import org.cartulary.retrieval.search.SearchRequest;
import org.cartulary.retrieval.search.SearchResult;
import org.cartulary.retrieval.synonym.SynonymList;
import org.cartulary.retrieval.synonym.Synonyms;
import org.cartulary.retrieval.testing.Installation;
import org.cartulary.retrieval.testing.ScriptedReranker;
import org.cartulary.retrieval.testing.TestEmbedder;
import org.cartulary.retrieval.testing.TestEmbedders;
import org.cartulary.retrieval.testing.TrigramEmbedder;
import org.cartulary.retrieval.understanding.Wording;
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
        SearchResult now = installation.retrieval().search().search(request());
        SearchResult then =
                installation.retrieval().search().searchAgain(request(), List.of(ofThen), now.readings(), null);
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
    void takesTheSynonymsOfThenAndNotThoseOfNow() {
        synonyms(List.of("masks", "respirators"));
        SearchRequest asked = new SearchRequest(
                "Where are respirators?", installation.retrieval().inForce(installation.rights(Principal.CONSOLE)), 12);
        RecordedSearch recorded = recorded(installation.retrieval().search().search(asked));
        assertThat(recorded.readings().getFirst().synonyms())
                .extracting(Synonyms.Other::words)
                .containsExactly("masks");
        synonyms(List.of("respirators", "keys"));
        assertThat(recorded(installation.retrieval().search().search(asked)).hits())
                .isNotEqualTo(recorded.hits());
        ReplayedSearch again = replay(recorded);
        assertThat(again.grade()).isEqualTo(Grade.EXACT);
        assertThat(again.changesSince()).isZero();
    }

    /** Each question of a conversation is searched as it stands and with words of the one before. */
    @Test
    void takesTheReadingsOfAQuestionFromTheRecord() {
        SearchRequest asked = new SearchRequest(
                "And for how long?",
                installation.retrieval().inForce(installation.rights(Principal.CONSOLE)),
                12,
                new Wording(null, false, List.of(), List.of("Are visitor logs kept?")));
        RecordedSearch recorded = recorded(installation.retrieval().search().search(asked));
        assertThat(recorded.readings()).hasSize(2);
        assertThat(replay(recorded).grade()).isEqualTo(Grade.EXACT);
        assertThatThrownBy(() -> new RecordedSearch(
                        recorded.index(),
                        recorded.request(),
                        recorded.vectors(),
                        recorded.readings().subList(0, 1),
                        null,
                        recorded.change(),
                        0,
                        recorded.hits()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 readings and 2 vectors");
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
                found.index(),
                found.request(),
                found.vectors(),
                found.readings(),
                null,
                found.change(),
                found.offset(),
                nudged);
        assertThat(replay(recorded).grade()).isEqualTo(Grade.SAME_HITS);
    }

    @Test
    void anIndexThatIsNotThereIsNotReplacedByAnother() {
        RecordedSearch found = recorded(installation.retrieval().search().search(request()));
        RecordedSearch elsewhere = new RecordedSearch(
                "g9-000000000000",
                found.request(),
                found.vectors(),
                found.readings(),
                null,
                found.change(),
                0,
                found.hits());
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

    @Test
    void isMadeOnTheIndexOfThenWithoutItsEmbedder() throws InterruptedException {
        TestEmbedders embedders = new TestEmbedders(new TrigramEmbedder("aa", 64), new TrigramEmbedder("bb", 96));
        try (Installation two = Installation.fresh(embedders)) {
            two.write(two.collection("ward"), "logs", "Visitor logs are kept for 90 days.\n\nThen they go.");
            RecordedSearch recorded = recorded(two.retrieval().search().search(two.request(QUESTION)));
            IndexBuilder builder = two.retrieval().builder();
            String other =
                    builder.build(Principal.CONSOLE, "bb").row().generation().name();
            assertThat(builder.await(Duration.ofSeconds(60))).isPresent();
            builder.switchTo(Principal.CONSOLE, other);
            ReplayedSearch again =
                    new SearchReplay(two.jdbi(), builder).replay(recorded).orElseThrow();
            assertThat(again.grade()).isEqualTo(Grade.EXACT);
            assertThat(again.index()).isEqualTo(recorded.index()).isNotEqualTo(other);
        }
    }

    private void synonyms(List<String> line) {
        installation.retrieval().synonyms().set(collection, new SynonymList(List.of(line)), Principal.CONSOLE);
    }

    private SearchRequest request() {
        return new SearchRequest(
                QUESTION, installation.retrieval().inForce(installation.rights(Principal.CONSOLE)), 12);
    }

    private RecordedSearch recorded(SearchResult found) {
        return new RecordedSearch(
                found.generation(),
                found.request(),
                found.queryVectors(),
                found.readings(),
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
