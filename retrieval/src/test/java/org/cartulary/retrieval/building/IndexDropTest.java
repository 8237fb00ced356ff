package org.cartulary.retrieval.building;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.retrieval.generation.Generation;
import org.cartulary.retrieval.generation.GenerationState;
import org.cartulary.retrieval.generation.Generations;
import org.cartulary.retrieval.index.IndexRefused;
import org.cartulary.retrieval.lexical.LexicalIndex;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Freeing an index: dropped, given up, or left, with all that belonged to it. */
@Timeout(180)
class IndexDropTest extends BuiltIndexes {
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
}
