package org.cartulary.retrieval.building;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.cartulary.retrieval.generation.GenerationState;
import org.cartulary.retrieval.index.IndexRefused;
import org.cartulary.retrieval.lexical.ChangeLog;
import org.cartulary.retrieval.lexical.LexicalIndex;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Making an index beside the one that is searched, through kills, restarts and refusals. */
@Timeout(180)
class IndexBuilderTest extends BuiltIndexes {
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

    /** Waits until the files of an index's words are at the last change, as a kill would find them then. */
    private void awaitCommitOfLastChange(String name) {
        String last =
                String.valueOf(installation.jdbi().withHandle(ChangeLog::last).longValue());
        Path folder =
                LexicalIndex.folder(installation.home(), status(name).row().generation());
        until(() -> last.equals(committed(folder)));
    }
}
