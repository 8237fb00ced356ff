package org.cartulary.retrieval.building;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cartulary.inference.Embedder;
import org.cartulary.retrieval.catalog.OwnMarks;
import org.cartulary.retrieval.generation.GenerationState;
import org.cartulary.retrieval.generation.Generations;
import org.cartulary.retrieval.index.IndexRefused;
import org.cartulary.retrieval.search.Search;
import org.cartulary.retrieval.search.SearchResult;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Letting searches go over to another index, and back, while documents are written and searches run. */
@Timeout(180)
class IndexSwitchTest extends BuiltIndexes {
    @Test
    void anotherEmbedderIsBuiltBesideAndSwitchedToAndBack() throws Exception {
        String before = active().name();
        List<Long> hits = passages("lantern 7");
        String built = built("bb");
        assertThat(active().name()).isEqualTo(before);
        assertThat(passages("lantern 7")).isEqualTo(hits);

        builder().switchTo(ADMINISTRATOR, built);
        assertThat(active().name()).isEqualTo(built);
        assertThat(active().dimension()).isEqualTo(96);
        assertThat(passages("lantern 7")).isNotEmpty();
        assertThat(embedders.servingSha256()).isEqualTo("bb");

        builder().switchTo(ADMINISTRATOR, before);
        assertThat(active().name()).isEqualTo(before);
        assertThat(passages("lantern 7")).isEqualTo(hits);
        assertThat(embedders.servingSha256()).isEqualTo("aa");
    }

    @Test
    void whatTakesMoreThanOneSearchKeepsToTheIndexAndEmbedderThatItBeganWith() throws Exception {
        String before = active().name();
        String built = built("bb");
        Search search = installation.retrieval().search();
        List<String> seen = search.holding(() -> {
            CompletableFuture.runAsync(() -> builder().switchTo(ADMINISTRATOR, built))
                    .join();
            return usedBy(search);
        });
        assertThat(seen).containsExactly(before, "aa", "64");
        assertThat(usedBy(search)).containsExactly(built, "bb", "96");
    }

    private List<String> usedBy(Search search) {
        SearchResult found = search.search(installation.request("lantern 7"));
        float[] vector = search.embedder()
                .embed(List.of("Lantern 7"), Embedder.Input.PASSAGE)
                .getFirst();
        return List.of(found.generation(), search.embedder().model().sha256(), Integer.toString(vector.length));
    }

    @Test
    void theSwitchHoldsAfterARestartAndTheOldEmbedderEnds() throws Exception {
        String built = built("bb");
        builder().switchTo(ADMINISTRATOR, built);
        restart();
        assertThat(active().name()).isEqualTo(built);
        assertThat(passages("lantern 7")).isNotEmpty();
        assertThat(embedders.running()).containsExactly("bb");
    }

    @Test
    void whatIsWrittenReplacedMarkedAndDeletedMeanwhileIsRightAfterTheSwitch() throws Exception {
        String before = active().name();
        UUID doomed = ready(installation.write(collection, "doomed", "The zeppelin lantern is doomed."));
        UUID marked = ready(installation.write(collection, "marked", "The marked lantern of the zeppelin."));
        String built = built("bb");
        installation.write(collection, "new", "A new zeppelin has landed.");
        installation.write(collection, "note-1", "Note one tells of a zeppelin now.");
        assertThat(installation.retrieval().writer().delete(doomed, ADMINISTRATOR))
                .isTrue();
        assertThat(installation
                        .retrieval()
                        .writer()
                        .mark(marked, new OwnMarks(new java.util.TreeSet<>(), 3), ADMINISTRATOR))
                .isTrue();
        List<String> wanted = List.of(
                "A new zeppelin has landed.",
                "Note one tells of a zeppelin now.",
                "The marked lantern of the zeppelin.");
        assertThat(byWords("zeppelin")).containsExactlyInAnyOrderElementsOf(wanted);

        builder().switchTo(ADMINISTRATOR, built);
        assertThat(byWords("zeppelin")).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(byMeaning("zeppelin")).containsAll(wanted).doesNotContain("The zeppelin lantern is doomed.");

        installation.write(collection, "newest", "The newest zeppelin.");
        builder().switchTo(ADMINISTRATOR, before);
        assertThat(byMeaning("zeppelin")).containsAll(wanted).contains("The newest zeppelin.");
    }

    @Test
    void documentsWrittenWhileItSwitchesAreInWhicheverIndexIsSearched() throws Exception {
        String one = active().name();
        String two = built("bb");
        CountDownLatch writing = new CountDownLatch(3);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<?> writer = threads.submit(() -> {
                for (int i = 0; i < 30; i++) {
                    installation.write(collection, "flood-" + i, "Flood number " + i + " reached the zeppelin.");
                    writing.countDown();
                }
            });
            writing.await();
            switchWhenFewerCome(two);
            switchWhenFewerCome(one);
            switchWhenFewerCome(two);
            writer.get();
        }
        assertThat(active().name()).isEqualTo(two);
        IndexStatus.Counts counts = status(two).counts();
        assertThat(counts.documents()).isEqualTo(70);
        assertThat(counts.cut()).isEqualTo(70);
        assertThat(counts.embedded()).isEqualTo(counts.passages());
    }

    /** As the refusal says: on a quick machine documents can come faster than an index follows. */
    private void switchWhenFewerCome(String index) {
        boolean switched = false;
        while (!switched) {
            try {
                builder().switchTo(ADMINISTRATOR, index);
                switched = true;
            } catch (IndexRefused e) {
                assertThat(e).hasMessageContaining("written faster");
            }
        }
    }

    @Test
    void aSearchEndsInTheIndexThatItBeganWith() throws Exception {
        String before = active().name();
        String built = built("bb");
        CountDownLatch came = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        first.holdQuestion(came, go);
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<SearchResult> search =
                    threads.submit(() -> installation.retrieval().search().search(installation.request("lantern 7")));
            came.await();
            builder().switchTo(ADMINISTRATOR, built);
            assertThat(embedders.running()).contains("aa", "bb");
            go.countDown();
            assertThat(search.get().generation()).isEqualTo(before);
            assertThat(search.get().hits()).isNotEmpty();
        }
        assertThat(installation
                        .retrieval()
                        .search()
                        .search(installation.request("lantern 7"))
                        .generation())
                .isEqualTo(built);
        assertThat(builder().switchTo(ADMINISTRATOR, before).row().state()).isEqualTo(GenerationState.ACTIVE);
    }

    @Test
    void searchesGoOnWhileASwitchWaitsForAWriter() throws Exception {
        String built = built("bb");
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<IndexStatus> switched;
            try (Handle writer = installation.jdbi().open()) {
                writer.begin();
                Generations.lockShared(writer);
                switched = threads.submit(() -> builder().switchTo(ADMINISTRATOR, built));
                until(() -> isWaitingForALock(writer));
                assertThat(passages("lantern 7")).isNotEmpty();
                assertThat(switched.isDone()).isFalse();
                writer.commit();
            }
            assertThat(switched.get().row().state()).isEqualTo(GenerationState.ACTIVE);
        }
    }

    @Test
    void aSwitchWhoseCommitWasNotConfirmedHolds() throws Exception {
        String built = built("bb");
        installation
                .jdbi()
                .setTransactionHandler(new FaultyCommit(
                        handle -> Generations.active(handle)
                                .filter(active -> active.name().equals(built))
                                .isPresent(),
                        true));
        assertThat(builder().switchTo(ADMINISTRATOR, built).row().state()).isEqualTo(GenerationState.ACTIVE);
        assertThat(active().name()).isEqualTo(built);
        installation.write(collection, "later", "A later lantern.");
        assertThat(byMeaning("later lantern")).contains("A later lantern.");
    }

    @Test
    void nothingIsWrittenWhereTheDatabaseHasAnotherIndex() throws Exception {
        String before = active().name();
        builder().switchTo(ADMINISTRATOR, built("bb"));
        activateBehindItsBack(before);
        assertThatThrownBy(() -> installation.write(collection, "later", "A later lantern."))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nothing was written");
    }

    @Test
    void searchesFollowADatabaseThatHasSwitchedAndCouldNotSaySo() throws Exception {
        String built = built("bb");
        activateBehindItsBack(built);
        until(() -> active().name().equals(built));
        installation.write(collection, "later", "A later lantern.");
        assertThat(byMeaning("later lantern")).contains("A later lantern.");
        assertThatThrownBy(() -> builder().cancel(ADMINISTRATOR)).isInstanceOf(IndexRefused.class);
    }

    private void activateBehindItsBack(String name) {
        installation.jdbi().useTransaction(handle -> {
            handle.execute("UPDATE retrieval.generations SET state = 'retired' WHERE state = 'active'");
            handle.execute("UPDATE retrieval.generations SET state = 'active' WHERE name = ?", name);
        });
    }
}
