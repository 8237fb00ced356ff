package org.cartulary.retrieval.building;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.retrieval.catalog.PassageDraft;
import org.cartulary.retrieval.catalog.Written;
import org.cartulary.retrieval.generation.Generation;
import org.cartulary.retrieval.generation.GenerationState;
import org.cartulary.retrieval.search.Hit;
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

/** Forty short documents in an index of a first embedder, with a second embedder to build another by. */
abstract class BuiltIndexes {
    static final Principal ADMINISTRATOR = new Principal("anna");
    static final Duration PATIENCE = Duration.ofSeconds(60);

    TrigramEmbedder first;
    TrigramEmbedder other;
    TestEmbedders embedders;
    Installation installation;
    UUID collection;

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

    static boolean isWaitingForALock(Handle handle) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))")
                .mapTo(Boolean.class)
                .one();
    }

    /** Fails one commit: before it, or after it, as a connection does that is lost while it commits. */
    static final class FaultyCommit extends DelegatingTransactionHandler {
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

    void cutWhole(AtomicReference<@Nullable String> stuck) {
        installation.stop();
        installation.cutBy("sentences-2", document -> {
            if (document.path().equals(stuck.get())) {
                throw new IllegalStateException("The original of \"hangar/late\" cannot be read");
            }
            return Optional.of(wholeText(document.id()));
        });
        installation.start();
    }

    long entries() {
        return installation
                .jdbi()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM compliance.entry")
                        .mapTo(Long.class)
                        .one());
    }

    static @Nullable String committed(Path folder) {
        try (Directory directory = FSDirectory.open(folder);
                DirectoryReader reader = DirectoryReader.open(directory)) {
            return reader.getIndexCommit().getUserData().get("change");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> folders() {
        try (Stream<Path> folders = Files.list(installation.home().resolve("lucene"))) {
            return folders.map(folder -> folder.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("patience").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    long ofCut(String table, int cut) {
        return installation
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery("SELECT count(*) FROM retrieval." + table + " WHERE cut = :cut")
                                .bind("cut", cut)
                                .mapTo(Long.class)
                                .one());
    }

    /** As a chunker would that makes one passage of a document. */
    Cutting.Cut wholeText(UUID document) {
        String text = installation
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT text FROM retrieval.document_texts WHERE document = :id ORDER BY cut LIMIT 1")
                        .bind("id", document)
                        .mapTo(String.class)
                        .one());
        return new Cutting.Cut(text, List.of(new PassageDraft(0, text, 0, text.length(), null, null)));
    }

    String built(@Nullable String embedder) throws InterruptedException {
        String name =
                builder().build(ADMINISTRATOR, embedder).row().generation().name();
        IndexStatus status = builder().await(PATIENCE).orElseThrow();
        assertThat(status.row().failure()).isNull();
        assertThat(status.row().state()).isEqualTo(GenerationState.BUILT);
        assertThat(status.row().begunBy()).isEqualTo("anna");
        return name;
    }

    void restart() {
        installation.stop();
        installation.start();
    }

    IndexBuilder builder() {
        return installation.retrieval().builder();
    }

    Generation active() {
        return installation.retrieval().generation();
    }

    IndexStatus status(String name) {
        return builder().rows().list().stream()
                .filter(status -> status.row().generation().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    List<Long> passages(String question) {
        return installation.search(question).stream().map(Hit::passage).toList();
    }

    List<String> byWords(String question) {
        return texts(installation.retrieval().search().searchByWords(installation.request(question)));
    }

    List<String> byMeaning(String question) {
        return texts(installation.retrieval().search().searchByMeaning(installation.request(question)));
    }

    static List<String> texts(List<Hit> hits) {
        List<String> texts = new ArrayList<>();
        hits.forEach(hit -> texts.add(hit.text()));
        return texts;
    }

    static UUID ready(Written written) {
        return ((Written.Ready) written).document();
    }

    List<String> tables() {
        return installation
                .jdbi()
                .withHandle(handle -> handle.createQuery("SELECT table_name FROM information_schema.tables"
                                + " WHERE table_schema = 'retrieval' AND table_name LIKE 'vectors%' ORDER BY 1")
                        .mapTo(String.class)
                        .list());
    }
}
