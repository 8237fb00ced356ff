package org.cartulary.retrieval.lexical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.IOUtils;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.retrieval.catalog.Written;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.SearchRequest;
import org.cartulary.retrieval.testing.Installation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LexicalIndexTest {
    private static final List<String> BOTH =
            List.of("The quartermaster keeps the lanterns.", "Lanterns are lit at dusk.");

    private static Installation installation;
    private static UUID collection;

    @BeforeAll
    static void write() {
        installation = Installation.fresh();
        collection = installation.collection("faults");
        installation.write(collection, "a.txt", "The quartermaster keeps the lanterns.");
        installation.write(collection, "b.txt", "Lanterns are lit at dusk.");
    }

    @AfterAll
    static void close() {
        installation.close();
    }

    @Test
    void isMadeAgainWhenItsDirectoryIsDeleted() throws IOException {
        installation.stop();
        IOUtils.rm(installation.lucene());
        installation.start();
        assertFindsBoth();
    }

    @Test
    void isMadeAgainWhicheverFileIsCutOffEmptyOrGone() throws IOException {
        commitAll();
        for (String name : names()) {
            for (Damage damage : List.of(Damage.CUT, Damage.EMPTIED, Damage.DELETED)) {
                installation.stop();
                damage.to(installation.lucene().resolve(name));
                installation.start();
                assertThat(words("lanterns"))
                        .as("%s %s", name, damage)
                        .hasSize(2)
                        .containsExactlyInAnyOrderElementsOf(BOTH);
                commitAll();
            }
        }
    }

    @Test
    void isMadeAgainWhicheverFileHasAFlippedByte() throws IOException {
        commitAll();
        for (String name : names()) {
            installation.stop();
            Damage.FLIPPED.to(installation.lucene().resolve(name));
            installation.start();
            assertThat(words("lanterns")).as(name).containsExactlyInAnyOrderElementsOf(BOTH);
            commitAll();
        }
    }

    @Test
    void isMadeAgainWhenItsFolderIsSomethingElse() throws IOException {
        installation.stop();
        IOUtils.rm(installation.lucene());
        Files.createDirectories(installation.lucene());
        Files.writeString(installation.lucene().resolve("segments_1"), "no index");
        Files.writeString(installation.lucene().resolve("notes.txt"), "put here by hand");
        installation.start();
        assertFindsBoth();
    }

    /** A database that was restored has given the same numbers to other changes since. */
    @Test
    void isMadeAgainWhenItsLastChangeIsAnotherOneInPostgresql() throws IOException {
        commitAll();
        installation.stop();
        installation
                .jdbi()
                .useHandle(handle -> handle.execute("UPDATE retrieval.changes"
                        + " SET changed_at = changed_at + interval '1 hour'"
                        + " WHERE number = (SELECT max(number) FROM retrieval.changes)"));
        IndexFiles files = files(installation);
        IndexFiles.Committed before = files.committed();
        installation.start();
        assertFindsBoth();
        installation.stop();
        assertThat(files.committed()).isNotEqualTo(before);
        installation.start();
    }

    @Test
    void isMadeAgainWhenAnotherAnalyserOrOtherFieldsMadeIt() throws IOException {
        for (String what : List.of("analyser", "fields")) {
            installation.stop();
            IndexFiles files = files(installation);
            IndexFiles.Committed now = new IndexFiles.Committed(0, "none");
            Map<String, String> data = new HashMap<>(files.userData(now));
            data.put(what, "of another release");
            commit(files, data);
            assertThat(files.committed()).isNull();
            installation.start();
            assertFindsBoth();
        }
    }

    @Test
    void isMadeAgainWhenItIsAheadOfPostgresql() throws IOException {
        installation.stop();
        IndexFiles files = files(installation);
        commit(files, files.userData(new IndexFiles.Committed(1_000_000, "none")));
        installation.start();
        assertFindsBoth();
    }

    @Test
    void isMadeAgainWhenAnotherGenerationMadeIt() throws IOException {
        installation.stop();
        IndexFiles other = new IndexFiles(installation.lucene(), "g9-another");
        commit(other, other.userData(new IndexFiles.Committed(0, "none")));
        assertThat(files(installation).committed()).isNull();
        installation.start();
        assertFindsBoth();
    }

    @Test
    void catchesUpWithWhatWasCommittedWhileItWasDown() {
        installation.stop();
        // What another node, or this one killed before Lucene had it, leaves in PostgreSQL.
        installation.jdbi().useTransaction(handle -> {
            UUID document = UUID.randomUUID();
            handle.execute(
                    "INSERT INTO retrieval.documents (id, collection, path, title, media_type, sha256, bytes, language,"
                            + " state, passages, added_at) VALUES (?, ?, 'late.txt', 'late', 'text/plain', ?, 1, 'en',"
                            + " 'ready', 1, now())",
                    document,
                    collection,
                    new byte[32]);
            handle.execute(
                    "INSERT INTO retrieval.passages (document, collection, cut, ordinal, text, start_offset, end_offset)"
                            + " VALUES (?, ?, ?, 0, 'The zeppelin arrives late.', 0, 26)",
                    document,
                    collection,
                    installation.retrieval().generation().cut());
            new ChangeLog(Clock.systemUTC()).append(handle, document, null);
        });
        installation.start();
        assertThat(words("zeppelin")).containsExactly("The zeppelin arrives late.");
    }

    @Test
    void saysThatItIsBehindWhenAChangeDoesNotCome() {
        long missing = installation.jdbi().withHandle(ChangeLog::last) + 1;
        try (LexicalIndex index = LexicalIndex.open(
                installation.jdbi(),
                installation.home().resolve("second-node"),
                installation.retrieval().generation())) {
            assertThatThrownBy(() -> index.await(missing, Duration.ofMillis(50)))
                    .isInstanceOfSatisfying(
                            IndexBehind.class,
                            behind -> assertThat(behind.wanted()).isEqualTo(missing));
        }
    }

    @Test
    void answersWhileDocumentsAreWritten() throws Exception {
        UUID busy = installation.collection("busy");
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<?> writing = threads.submit(() -> {
                for (int i = 0; i < 20; i++) {
                    installation.write(busy, "note", "Revision " + i + " of the shared note.");
                }
            });
            Future<Integer> reading = threads.submit(() -> {
                int answers = 0;
                while (!writing.isDone()) {
                    List<Hit> hits = installation.search(
                            "shared note",
                            installation.rights(Principal.CONSOLE).narrowedTo(busy));
                    assertThat(hits.size()).isLessThanOrEqualTo(1);
                    answers++;
                }
                return answers;
            });
            writing.get();
            assertThat(reading.get()).isPositive();
        }
        assertThat(installation.search(
                        "shared note", installation.rights(Principal.CONSOLE).narrowedTo(busy)))
                .extracting(Hit::text)
                .containsExactly("Revision 19 of the shared note.");
    }

    @Test
    void countsWordsOnlyAmongWhatMayBeRead() {
        UUID hidden = installation.collection("hidden");
        Written written = installation.write(hidden, "h.txt", "Lanterns of the hidden collection.");
        assertThat(written).isInstanceOf(Written.Ready.class);
        try (LexicalIndex index = LexicalIndex.open(
                installation.jdbi(),
                installation.home().resolve("counting"),
                installation.retrieval().generation())) {
            TermStatistics statistics = index.statistics(
                    "lantern",
                    Map.of("lantern", Analysis.termsAt("lantern")),
                    installation
                            .rights(Principal.CONSOLE)
                            .narrowedTo(collection)
                            .markings());
            assertThat(statistics.withTerm()).containsEntry("lantern", 2L);
        }
    }

    private static void assertFindsBoth() {
        assertThat(words("lanterns")).containsExactlyInAnyOrderElementsOf(BOTH);
    }

    private static List<String> words(String question) {
        return installation
                .retrieval()
                .search()
                .searchByWords(new SearchRequest(
                        question,
                        installation
                                .retrieval()
                                .inForce(installation.rights(Principal.CONSOLE).narrowedTo(collection)),
                        10))
                .stream()
                .map(Hit::text)
                .toList();
    }

    /** Makes sure that there is a commit with files to damage. */
    private static void commitAll() throws IOException {
        installation.stop();
        IOUtils.rm(installation.lucene());
        installation.start();
    }

    /** An empty index that says of itself what it is told to. */
    private static void commit(IndexFiles files, Map<String, String> data) throws IOException {
        IndexWriter writer = files.openWriter(true);
        try (Directory directory = writer.getDirectory()) {
            writer.setLiveCommitData(data.entrySet());
            writer.commit();
            writer.close();
            assertThat(directory.listAll()).isNotEmpty();
        }
    }

    private static IndexFiles files(Installation of) {
        return new IndexFiles(of.lucene(), of.retrieval().generation().name());
    }

    private static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(installation.lucene())) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.equals("write.lock"))
                    .sorted()
                    .toList();
        }
    }

    /** What happens to files. One that has another name in the index made anew is damaged no more. */
    private enum Damage {
        CUT,
        EMPTIED,
        FLIPPED,
        DELETED;

        void to(Path file) throws IOException {
            if (!Files.exists(file)) {
                return;
            }
            if (this == DELETED) {
                Files.delete(file);
                return;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                switch (this) {
                    case CUT -> channel.truncate(channel.size() / 2);
                    case EMPTIED -> channel.truncate(0);
                    default -> flip(channel, channel.size() / 2);
                }
            }
        }

        private static void flip(FileChannel channel, long position) throws IOException {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, position);
            one.flip();
            channel.write(ByteBuffer.wrap(new byte[] {(byte) (one.get() ^ 1)}), position);
        }
    }
}
