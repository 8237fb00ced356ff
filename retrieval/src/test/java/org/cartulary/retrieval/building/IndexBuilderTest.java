package org.cartulary.retrieval.building;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.retrieval.catalog.OwnMarks;
import org.cartulary.retrieval.catalog.PassageDraft;
import org.cartulary.retrieval.catalog.Written;
import org.cartulary.retrieval.generation.Generation;
import org.cartulary.retrieval.generation.GenerationState;
import org.cartulary.retrieval.generation.Generations;
import org.cartulary.retrieval.index.IndexRefused;
import org.cartulary.retrieval.lexical.ChangeLog;
import org.cartulary.retrieval.lexical.LexicalIndex;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.Search;
import org.cartulary.retrieval.search.SearchResult;
import org.cartulary.retrieval.testing.Installation;
import org.cartulary.retrieval.testing.TestEmbedders;
import org.cartulary.retrieval.testing.TrigramEmbedder;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.LocalTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jdbi.v3.core.transaction.TransactionHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class IndexBuilderTest {
    private static final Principal ADMINISTRATOR = new Principal("anna");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TrigramEmbedder first;
    private TrigramEmbedder other;
    private TestEmbedders embedders;
    private Installation installation;
    private UUID collection;

    @BeforeEach
    void write() {
        first = new TrigramEmbedder("aa", 64);
        other = new TrigramEmbedder("bb", 96);
        embedders = new TestEmbedders(first, other);
        installation = Installation.fresh(embedders);
        collection = installation.collection("ward");
        for (int i = 0; i < 40; i++) {
            installation.write(collection, "note-" + i, "Lantern " + i + " hangs in room " + i + ".\n\nIt burns oil.");
        }
    }

    @AfterEach
    void close() {
        installation.close();
    }

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
    void itGoesOnWhereItWasKilledAndSaysWhyItHalts() throws Exception {
        other.failAfter(1);
        String name = builder().build(ADMINISTRATOR, "bb").row().generation().name();
        IndexStatus halted = builder().await(PATIENCE).orElseThrow();
        assertThat(halted.row().failure()).isEqualTo("The trigram embedder is down.");
        assertThat(halted.counts().embedded()).isEqualTo(32);
        assertThatThrownBy(() -> builder().switchTo(ADMINISTRATOR, name))
                .isInstanceOf(IndexRefused.class)
                .hasMessageContaining("32 of 80 passages");

        other.failAfter(Integer.MAX_VALUE);
        restart();
        while (status(name).row().state() != GenerationState.BUILT) {
            assertThat(builder().await(PATIENCE)).isPresent();
        }
        assertThat(other.passages()).isEqualTo(80);
    }

    @Test
    void oneThatIsGivenUpLeavesNothing() throws Exception {
        String built = built("bb");
        Generation generation = status(built).row().generation();
        assertThat(LexicalIndex.folder(installation.home(), generation)).isDirectory();
        assertThat(builder().cancel(ADMINISTRATOR).row().state()).isEqualTo(GenerationState.DROPPED);
        assertThat(LexicalIndex.folder(installation.home(), generation)).doesNotExist();
        assertThat(tables()).containsExactly("vectors_1");
        assertThat(embedders.running()).containsExactly("aa");
        assertThatThrownBy(() -> builder().cancel(ADMINISTRATOR)).isInstanceOf(IndexRefused.class);
        assertThat(built("bb")).isNotEqualTo(built);
    }

    @Test
    void oneOfBeforeIsDroppedAndTheRestGoesOn() throws Exception {
        String before = active().name();
        builder().switchTo(ADMINISTRATOR, built("bb"));
        builder().drop(ADMINISTRATOR, before);
        assertThat(tables()).containsExactly("vectors_2");
        assertThatThrownBy(() -> builder().switchTo(ADMINISTRATOR, before))
                .isInstanceOf(IndexRefused.class)
                .hasMessageContaining("was dropped");
        assertThatThrownBy(() -> builder().drop(ADMINISTRATOR, active().name())).isInstanceOf(IndexRefused.class);
        installation.write(collection, "later", "A later lantern.");
        assertThat(byMeaning("later lantern")).contains("A later lantern.");
    }

    @Test
    void theSameAgainOrASecondOneIsRefused() throws Exception {
        assertThatThrownBy(() -> builder().build(ADMINISTRATOR, null))
                .isInstanceOf(IndexRefused.class)
                .hasMessageContaining("again");
        assertThatThrownBy(() -> builder().build(ADMINISTRATOR, "cc")).isInstanceOf(IndexRefused.class);
        String built = built("bb");
        assertThatThrownBy(() -> builder().build(ADMINISTRATOR, "bb"))
                .isInstanceOf(IndexRefused.class)
                .hasMessageContaining(built);
    }

    @Test
    void anotherAnalyserIsTakenUpAtTheStartWithTheSameVectors() throws Exception {
        String before = active().name();
        List<Long> hits = passages("lantern 7");
        int embedded = first.passages();
        installation.stop();
        installation
                .jdbi()
                .useHandle(handle ->
                        handle.execute("UPDATE retrieval.generations SET analyser_version = 'of-an-older-release'"));
        installation.start();
        assertThat(active().name()).isNotEqualTo(before).startsWith("g2-");
        assertThat(LexicalIndex.folder(installation.home(), status(before).row().generation()))
                .doesNotExist();
        assertThat(status(before).row().state()).isEqualTo(GenerationState.DROPPED);
        assertThat(passages("lantern 7")).isEqualTo(hits);
        assertThat(first.passages()).isEqualTo(embedded);
        assertThat(tables()).containsExactly("vectors_1");
    }

    @Test
    void documentsAreCutAgainBesideAndTheOldPassagesStayUntilTheSwitch() throws Exception {
        installation.stop();
        installation.cutBy(
                "sentences-2",
                document ->
                        document.path().equals("note-3") ? Optional.empty() : Optional.of(wholeText(document.id())));
        installation.start();
        assertThat(builder().differences().ofVersions())
                .singleElement()
                .asString()
                .contains("sentences-2", "paragraphs-1");
        String before = active().name();
        String built = built(null);
        assertThat(byWords("lantern")).allMatch(text -> !text.contains("burns"));
        installation.write(collection, "new", "New lantern.\n\nIt burns too.");

        builder().switchTo(ADMINISTRATOR, built);
        assertThat(builder().differences().ofVersions()).isEmpty();
        assertThat(byWords("lantern 7")).contains("Lantern 7 hangs in room 7.\n\nIt burns oil.");
        assertThat(byWords("lantern 3")).as("no longer readable").contains("Lantern 3 hangs in room 3.");
        assertThat(byWords("new lantern")).contains("New lantern.\n\nIt burns too.");

        builder().switchTo(ADMINISTRATOR, before);
        assertThat(byWords("lantern 7")).contains("Lantern 7 hangs in room 7.");
        builder().drop(ADMINISTRATOR, built);
        IndexStatus.Counts counts = status(before).counts();
        assertThat(counts.cut()).isEqualTo(counts.documents());
        assertThat(counts.embedded()).isEqualTo(counts.passages());
        int left = status(built).row().generation().cut();
        until(() -> ofCut("passages", left) + ofCut("document_texts", left) == 0);
        assertThat(byWords("lantern 7")).contains("Lantern 7 hangs in room 7.");
    }

    /** Killed while the second twenty documents are deleted: the first twenty are gone, and of the others nothing. */
    @Test
    void whatADroppedIndexLeftIsDeletedAlsoWhereAKillCameInBetween() throws Exception {
        cutWhole(new AtomicReference<>());
        Generation before = active();
        builder().switchTo(ADMINISTRATOR, built(null));
        try (Handle documents = installation.jdbi().open();
                Handle passage = installation.jdbi().open()) {
            documents.begin();
            documents.execute("SELECT 1 FROM retrieval.documents FOR UPDATE");
            builder().drop(ADMINISTRATOR, before.name());
            passage.begin();
            passage.execute(
                    "SELECT 1 FROM retrieval.passages WHERE cut = ? AND document ="
                            + " (SELECT id FROM retrieval.documents ORDER BY id OFFSET 30 LIMIT 1) FOR UPDATE",
                    before.cut());
            documents.commit();
            until(this::endedADeletionThatWaits);
            installation.stop();
            assertThat(ofCut("document_texts", before.cut())).isEqualTo(20);
            assertThat(ofCut("passages", before.cut())).isEqualTo(40);
            passage.commit();
        }
        assertThat(haveLeftovers()).isTrue();
        installation.start();
        until(() -> !haveLeftovers());
        assertThat(ofCut("passages", before.cut()) + ofCut("document_texts", before.cut()))
                .isZero();
        assertThat(byWords("lantern 7")).contains("Lantern 7 hangs in room 7.\n\nIt burns oil.");
        assertThat(byMeaning("lantern 7")).contains("Lantern 7 hangs in room 7.\n\nIt burns oil.");
    }

    /** Ends it within the database, which then undoes what it had begun, as after a kill. */
    private boolean endedADeletionThatWaits() {
        return installation
                .jdbi()
                .withHandle(handle -> handle.createQuery("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND wait_event_type = 'Lock'"
                                + " AND query LIKE 'DELETE FROM retrieval.passages%'")
                        .mapTo(Boolean.class)
                        .findFirst()
                        .orElse(false));
    }

    private boolean haveLeftovers() {
        return installation
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT EXISTS (SELECT 1 FROM retrieval.generations WHERE leftovers)")
                        .mapTo(Boolean.class)
                        .one());
    }

    @Test
    void nothingIsDroppedOrGivenUpWhileSomethingReadsForLong() throws Exception {
        String before = active().name();
        List<Long> hits = passages("lantern 7");
        String built = built("bb");
        try (Handle reader = installation.jdbi().open()) {
            reader.begin();
            reader.execute("SELECT count(*) FROM retrieval.passages");
            assertRefusedForAReader(() -> builder().cancel(ADMINISTRATOR));
            assertThat(status(built).row().state()).isEqualTo(GenerationState.BUILT);
            builder().switchTo(ADMINISTRATOR, built);
            assertRefusedForAReader(() -> builder().drop(ADMINISTRATOR, before));
            assertThat(passages("lantern 7")).isNotEmpty();
            reader.commit();
        }
        builder().switchTo(ADMINISTRATOR, before);
        assertThat(passages("lantern 7")).isEqualTo(hits);
        assertThat(builder().drop(ADMINISTRATOR, built).row().state()).isEqualTo(GenerationState.DROPPED);
        assertThat(tables()).containsExactly("vectors_1");
    }

    private void assertRefusedForAReader(ThrowingCallable deed) {
        long entries = entries();
        List<GenerationState> states = states();
        assertThatThrownBy(deed)
                .isInstanceOf(IndexRefused.class)
                .hasMessageContaining("read by something that takes long")
                .hasMessageContaining("nothing was changed")
                .hasMessageContaining("Try again later");
        assertThat(states()).isEqualTo(states);
        assertThat(tables()).containsExactly("vectors_1", "vectors_2");
        assertThat(entries()).as("nothing happened that would be on record").isEqualTo(entries);
    }

    private List<GenerationState> states() {
        return builder().rows().list().stream()
                .map(status -> status.row().state())
                .toList();
    }

    @Test
    void searchesGoOnWhileADropWaitsForAWriterAndWhatThatWroteIsKept() throws Exception {
        String before = active().name();
        builder().switchTo(ADMINISTRATOR, built("bb"));
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<IndexStatus> dropped;
            try (Handle writer = installation.jdbi().open()) {
                writer.begin();
                Generations.lockShared(writer);
                writer.execute("UPDATE retrieval.documents SET title = 'Written meanwhile' WHERE path = 'note-7'");
                dropped = threads.submit(() -> builder().drop(ADMINISTRATOR, before));
                until(() -> isWaitingForALock(writer));
                assertThat(passages("lantern 7")).isNotEmpty();
                assertThat(dropped.isDone()).isFalse();
                writer.commit();
            }
            assertThat(dropped.get().row().state()).isEqualTo(GenerationState.DROPPED);
        }
        assertThat(tables()).containsExactly("vectors_2");
        assertThat(installation.search("lantern 7"))
                .anySatisfy(hit -> assertThat(hit.title()).isEqualTo("Written meanwhile"));
    }

    /** Its words have passed over the change of a document that had no passages of their cut yet. */
    @Test
    void aDocumentThatIsCutAfterARestartIsFoundByWordsInTheNewIndex() throws Exception {
        AtomicReference<@Nullable String> stuck = new AtomicReference<>();
        cutWhole(stuck);
        String built = built(null);
        stuck.set("late");
        installation.write(collection, "late", "A late zeppelin.\n\nIt has landed.");
        until(() -> status(built).row().failure() != null);
        assertThat(status(built).row().failure())
                .contains("could not be cut again")
                .doesNotContain("hangar");
        awaitCommitOfLastChange(built);
        installation.stop();
        stuck.set(null);
        installation.start();
        switchWhenBuilt(built);
        assertThat(byWords("zeppelin")).containsExactly("A late zeppelin.\n\nIt has landed.");
    }

    @Test
    void aDocumentThatIsCutForAnIndexOfBeforeIsFoundByWordsThereAlsoWhereThatWasOpenedMeanwhile() throws Exception {
        cutWhole(new AtomicReference<>());
        String before = active().name();
        builder().switchTo(ADMINISTRATOR, built(null));
        installation.write(collection, "late", "A late zeppelin.\n\nIt has landed.");
        assertThat(builder()
                        .with(
                                before,
                                false,
                                indexes -> indexes.with(index -> {
                                    index.lexical().await(installation.jdbi().withHandle(ChangeLog::last), PATIENCE);
                                    awaitCommitOfLastChange(before);
                                    return index.generation().name();
                                })))
                .contains(before);
        assertThat(folders()).containsExactly(active().name());
        builder().switchTo(ADMINISTRATOR, before);
        assertThat(byWords("zeppelin")).containsExactly("A late zeppelin.\n\nIt has landed.");
    }

    @Test
    void nothingOfADeletedDocumentStaysInTheFilesOfAnIndexOfBefore() throws Exception {
        UUID doomed = ready(installation.write(collection, "doomed", "The doomed zeppelin."));
        String before = active().name();
        builder().switchTo(ADMINISTRATOR, built("bb"));
        assertThat(installation.retrieval().writer().delete(doomed, ADMINISTRATOR))
                .isTrue();
        until(() -> !folders().contains(before));
        assertThat(folders()).containsExactly(active().name());
        builder().switchTo(ADMINISTRATOR, before);
        assertThat(byWords("zeppelin")).isEmpty();
        assertThat(passages("lantern 7")).isNotEmpty();
    }

    @Test
    void oneOfBeforeStaysWhereAnUpdateCameBetweenAndItsReopeningIsGivenUp() throws Exception {
        builder().switchTo(ADMINISTRATOR, built("bb"));
        installation.stop();
        installation
                .jdbi()
                .useHandle(handle ->
                        handle.execute("UPDATE retrieval.generations SET analyser_version = 'of-an-older-release'"));
        installation.start();
        String retired = builder().rows().list().stream()
                .map(IndexStatus::row)
                .filter(row -> row.state() == GenerationState.RETIRED)
                .map(row -> row.generation().name())
                .findFirst()
                .orElseThrow();
        installation.write(collection, "later", "A later lantern.");
        first.failAfter(0);
        assertThatThrownBy(() -> builder().switchTo(ADMINISTRATOR, retired)).isInstanceOf(InferenceFailed.class);
        assertThat(builder().cancel(ADMINISTRATOR).row().state()).isEqualTo(GenerationState.RETIRED);
        first.failAfter(Integer.MAX_VALUE);
        assertThat(builder().switchTo(ADMINISTRATOR, retired).row().state()).isEqualTo(GenerationState.ACTIVE);
        assertThat(byMeaning("later lantern")).contains("A later lantern.");
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

    private static boolean isWaitingForALock(Handle handle) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))")
                .mapTo(Boolean.class)
                .one();
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

    @Test
    void whatCouldNotBeGivenUpCanBeGivenUpAgain() throws Exception {
        String built = built("bb");
        installation
                .jdbi()
                .setTransactionHandler(
                        new FaultyCommit(handle -> Generations.candidate(handle).isEmpty(), false));
        assertThatThrownBy(() -> builder().cancel(ADMINISTRATOR)).isInstanceOf(TransactionException.class);
        assertThat(status(built).row().state()).isEqualTo(GenerationState.BUILT);
        assertThat(builder().cancel(ADMINISTRATOR).row().state()).isEqualTo(GenerationState.DROPPED);
        assertThat(built("bb")).isNotEqualTo(built);
    }

    @Test
    void nobodyWaitsForTheMakingOfAGraph() throws Exception {
        other.failAfter(0);
        String name = builder().build(ADMINISTRATOR, "bb").row().generation().name();
        assertThat(builder().await(PATIENCE)).isPresent();
        String table = status(name).row().generation().vectorTable();
        installation.stop();
        other.failAfter(Integer.MAX_VALUE);
        try (Handle writer = installation.jdbi().open()) {
            writer.begin();
            writer.execute("LOCK TABLE " + table + " IN ROW EXCLUSIVE MODE");
            installation.start();
            until(() -> isMakingAGraph());
            assertThatThrownBy(() -> builder().build(ADMINISTRATOR, "bb"))
                    .isInstanceOf(IndexRefused.class)
                    .hasMessageContaining(name);
            installation.stop();
            assertThat(isMakingAGraph()).isFalse();
            writer.commit();
        }
        installation.start();
        switchWhenBuilt(name);
        assertThat(passages("lantern 7")).isNotEmpty();
    }

    private boolean isMakingAGraph() {
        return installation
                .jdbi()
                .withHandle(handle -> handle.createQuery("SELECT EXISTS (SELECT 1 FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND query LIKE 'CREATE INDEX CONCURRENTLY%'"
                                + " AND state = 'active' AND wait_event_type = 'Lock')")
                        .mapTo(Boolean.class)
                        .one());
    }

    /** Fails one commit: before it, or after it, as a connection does that is lost while it commits. */
    private static final class FaultyCommit extends DelegatingTransactionHandler {
        private final AtomicReference<@Nullable Predicate<Handle>> which;
        private final boolean committed;

        FaultyCommit(Predicate<Handle> which, boolean committed) {
            this(LocalTransactionHandler.binding(), new AtomicReference<>(which), committed);
        }

        private FaultyCommit(
                TransactionHandler delegate, AtomicReference<@Nullable Predicate<Handle>> which, boolean committed) {
            super(delegate);
            this.which = which;
            this.committed = committed;
        }

        @Override
        public void commit(Handle handle) {
            Predicate<Handle> wanted = which.get();
            boolean fails = wanted != null && wanted.test(handle) && which.getAndSet(null) != null;
            if (committed || !fails) {
                super.commit(handle);
            }
            if (fails) {
                throw new TransactionException("The connection was lost");
            }
        }

        @Override
        public TransactionHandler specialize(Handle handle) throws SQLException {
            return new FaultyCommit(getDelegate().specialize(handle), which, committed);
        }
    }

    private void cutWhole(AtomicReference<@Nullable String> stuck) {
        installation.stop();
        installation.cutBy("sentences-2", document -> {
            if (document.path().equals(stuck.get())) {
                throw new IllegalStateException("The original of \"hangar/late\" cannot be read");
            }
            return Optional.of(wholeText(document.id()));
        });
        installation.start();
    }

    private void switchWhenBuilt(String name) {
        while (true) {
            try {
                builder().switchTo(ADMINISTRATOR, name);
                return;
            } catch (IndexRefused e) {
                assertThat(e).hasMessageContaining("still being made");
            }
        }
    }

    @Test
    void thatAnIndexIsBuiltIsOnRecordOnceAlsoAfterARestart() throws Exception {
        String built = built("bb");
        long entries = entries();
        restart();
        until(() -> folders().contains(built));
        assertThat(builder().cancel(ADMINISTRATOR).row().state()).isEqualTo(GenerationState.DROPPED);
        assertThat(entries()).isEqualTo(entries + 1);
    }

    private long entries() {
        return installation
                .jdbi()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM compliance.entry")
                        .mapTo(Long.class)
                        .one());
    }

    /** Waits until the files of an index's words are at the last change, as a kill would find them then. */
    private void awaitCommitOfLastChange(String name) {
        String last =
                String.valueOf(installation.jdbi().withHandle(ChangeLog::last).longValue());
        Path folder =
                LexicalIndex.folder(installation.home(), status(name).row().generation());
        until(() -> last.equals(committed(folder)));
    }

    private static @Nullable String committed(Path folder) {
        try (Directory directory = FSDirectory.open(folder);
                DirectoryReader reader = DirectoryReader.open(directory)) {
            return reader.getIndexCommit().getUserData().get("change");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> folders() {
        try (Stream<Path> folders = Files.list(installation.home().resolve("lucene"))) {
            return folders.map(folder -> folder.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("patience").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private long ofCut(String table, int cut) {
        return installation
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery("SELECT count(*) FROM retrieval." + table + " WHERE cut = :cut")
                                .bind("cut", cut)
                                .mapTo(Long.class)
                                .one());
    }

    /** As a chunker would that makes one passage of a document. */
    private Cutting.Cut wholeText(UUID document) {
        String text = installation
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT text FROM retrieval.document_texts WHERE document = :id ORDER BY cut LIMIT 1")
                        .bind("id", document)
                        .mapTo(String.class)
                        .one());
        return new Cutting.Cut(text, List.of(new PassageDraft(0, text, 0, text.length(), null, null)));
    }

    private String built(@Nullable String embedder) throws InterruptedException {
        String name =
                builder().build(ADMINISTRATOR, embedder).row().generation().name();
        IndexStatus status = builder().await(PATIENCE).orElseThrow();
        assertThat(status.row().failure()).isNull();
        assertThat(status.row().state()).isEqualTo(GenerationState.BUILT);
        assertThat(status.row().begunBy()).isEqualTo("anna");
        return name;
    }

    private void restart() {
        installation.stop();
        installation.start();
    }

    private IndexBuilder builder() {
        return installation.retrieval().builder();
    }

    private Generation active() {
        return installation.retrieval().generation();
    }

    private IndexStatus status(String name) {
        return builder().rows().list().stream()
                .filter(status -> status.row().generation().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<Long> passages(String question) {
        return installation.search(question).stream().map(Hit::passage).toList();
    }

    private List<String> byWords(String question) {
        return texts(installation.retrieval().search().searchByWords(installation.request(question)));
    }

    private List<String> byMeaning(String question) {
        return texts(installation.retrieval().search().searchByMeaning(installation.request(question)));
    }

    private static List<String> texts(List<Hit> hits) {
        List<String> texts = new ArrayList<>();
        hits.forEach(hit -> texts.add(hit.text()));
        return texts;
    }

    private static UUID ready(Written written) {
        return ((Written.Ready) written).document();
    }

    private List<String> tables() {
        return installation
                .jdbi()
                .withHandle(handle -> handle.createQuery("SELECT table_name FROM information_schema.tables"
                                + " WHERE table_schema = 'retrieval' AND table_name LIKE 'vectors%' ORDER BY 1")
                        .mapTo(String.class)
                        .list());
    }
}
