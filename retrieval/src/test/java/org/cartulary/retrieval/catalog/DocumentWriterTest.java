package org.cartulary.retrieval.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.retention.Held;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.retrieval.originals.OriginalMissing;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.testing.Installation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DocumentWriterTest {
    private static Installation installation;

    @BeforeAll
    static void open() {
        installation = Installation.fresh();
    }

    @AfterAll
    static void close() {
        installation.close();
    }

    @Test
    void writesDocumentEvidenceAndChangeTogether() {
        UUID collection = installation.collection("together");
        long before = leaves("document-added");
        Written.Ready written = (Written.Ready) installation.write(collection, "a.txt", "The archive opens at nine.");
        assertThat(leaves("document-added")).isEqualTo(before + 1);
        assertThat(written.replaced()).isNull();
        assertThat(installation.retrieval().catalog().document(written.document(), rights()))
                .hasValueSatisfying(document -> {
                    assertThat(document.state()).isEqualTo(DocumentState.READY);
                    assertThat(document.passages()).isEqualTo(1);
                });
    }

    @Test
    void leavesNothingBehindWhenTheEvidenceCannotBeWritten() {
        UUID collection = installation.collection("atomic");
        DocumentDraft draft = installation.draft(collection, "a.txt", "Never to be seen unlogged.");
        installation
                .jdbi()
                .useHandle(handle -> handle.execute("ALTER TABLE compliance.entry ADD CONSTRAINT full_disk"
                        + " CHECK (type <> 'document-added' OR tree_index IS NOT NULL) NOT VALID"));
        try {
            assertThatThrownBy(() -> installation.retrieval().writer().write(draft, Principal.CONSOLE, stage -> {}))
                    .hasMessageContaining("full_disk");
        } finally {
            installation
                    .jdbi()
                    .useHandle(handle -> handle.execute("ALTER TABLE compliance.entry DROP CONSTRAINT full_disk"));
        }
        assertThat(installation.retrieval().catalog().findByPath(collection, "a.txt"))
                .isEmpty();
        assertThat(installation.search("Never to be seen unlogged", rights().narrowedTo(collection)))
                .isEmpty();
        assertThat(installation.retrieval().catalog().sweepOriginals(id -> false))
                .isPositive();
    }

    @Test
    void doesNothingForTheSameBytesAtAnyPathOfTheCollection() {
        UUID collection = installation.collection("same-bytes");
        Written.Ready first = (Written.Ready) installation.write(collection, "a.txt", "Lost keys go to the porter.");
        assertThat(installation.write(collection, "a.txt", "Lost keys go to the porter."))
                .isEqualTo(new Written.Duplicate(first.document()));
        assertThat(installation.write(collection, "b.txt", "Lost keys go to the porter."))
                .isEqualTo(new Written.Duplicate(first.document()));
        assertThat(installation.write(installation.collection("other"), "a.txt", "Lost keys go to the porter."))
                .isInstanceOf(Written.Ready.class);
    }

    @Test
    void replacesAnOlderVersionInBothIndexes() {
        UUID collection = installation.collection("replaced");
        Written.Ready old = (Written.Ready) installation.write(collection, "fee.txt", "The parking fee is 4 euros.");
        Written.Ready fresh = (Written.Ready) installation.write(collection, "fee.txt", "The parking fee is 6 euros.");
        assertThat(fresh.replaced()).isEqualTo(old.document());
        assertThat(installation.search("parking fee 4 euros", rights().narrowedTo(collection)))
                .extracting(Hit::text)
                .containsExactly("The parking fee is 6 euros.");
        assertThatThrownBy(() -> installation.retrieval().originals().open(old.document()))
                .isInstanceOf(OriginalMissing.class);
    }

    @Test
    void forgetsADeletedDocument() {
        UUID collection = installation.collection("deleted");
        Written.Ready written = (Written.Ready) installation.write(collection, "a.txt", "The canteen closes at three.");
        assertThat(installation.search("When does the canteen close?", rights().narrowedTo(collection)))
                .hasSize(1);
        assertThat(installation.retrieval().writer().delete(written.document(), Principal.CONSOLE))
                .isTrue();
        assertThat(installation.search("When does the canteen close?", rights().narrowedTo(collection)))
                .isEmpty();
        assertThat(installation.retrieval().writer().delete(written.document(), Principal.CONSOLE))
                .isFalse();
        assertThat(leaves("document-deleted")).isEqualTo(1);
    }

    @Test
    void forgetsADocumentAgainThatAnOlderCopyBroughtBackWhateverIsHeldThere() {
        UUID collection = installation.collection("deleted-before");
        UUID named =
                ((Written.Ready) installation.write(collection, "a.txt", "The attic key hangs on hook 3.")).document();
        UUID keyless =
                ((Written.Ready) installation.write(collection, "b.txt", "The cellar key hangs on hook 4.")).document();
        UUID kept =
                ((Written.Ready) installation.write(collection, "c.txt", "The gate key hangs on hook 5.")).document();
        installation.retrieval().originals().discard(keyless);
        installation
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "INSERT INTO compliance.hold (id, number, kind, value, reason, review_on, placed_by, placed_at)"
                                + " VALUES (gen_random_uuid(), 1, 'collection', ?, 'a claim', current_date, 'console', now())",
                        collection.toString()));
        DocumentWriter writer = installation.retrieval().writer();
        assertThatThrownBy(() -> writer.delete(named, Principal.CONSOLE)).isInstanceOf(Held.class);

        List<UUID> gone = installation
                .jdbi()
                .inTransaction(handle -> DeletedSince.of(handle, installation.keys(), List.of(named)));
        assertThat(gone).containsExactlyInAnyOrder(named, keyless);
        assertThat(gone).allMatch(document -> writer.deleteAgain(document, Principal.CONSOLE));
        assertThat(writer.deleteAgain(named, Principal.CONSOLE)).isFalse();
        assertThat(installation.search("key hangs on hook", rights().narrowedTo(collection)))
                .extracting(Hit::text)
                .containsExactly("The gate key hangs on hook 5.");
        assertThat(installation.retrieval().catalog().find(kept)).isPresent();
    }

    @Test
    void keepsAFailedDocumentBesideTheReadyOne() {
        UUID collection = installation.collection("failed");
        installation.write(collection, "a.txt", "The version that can be read.");
        DocumentDraft broken = installation.draft(collection, "a.txt", "broken");
        installation
                .retrieval()
                .writer()
                .markFailed(new FailedDraft(
                        broken.id(),
                        collection,
                        "a.txt",
                        "application/pdf",
                        broken.sha256(),
                        6,
                        "The PDF is encrypted."));
        List<Document> documents = installation
                .retrieval()
                .catalog()
                .documents(collection, rights(), null, 10)
                .documents();
        assertThat(documents).extracting(Document::state).containsExactly(DocumentState.FAILED, DocumentState.READY);
        assertThat(documents.getFirst().reason()).isEqualTo("The PDF is encrypted.");
        installation.write(collection, "a.txt", "The version that was mended.");
        assertThat(installation
                        .retrieval()
                        .catalog()
                        .documents(collection, rights(), null, 10)
                        .documents())
                .extracting(Document::state)
                .containsExactly(DocumentState.READY);
    }

    @Test
    void givesConcurrentWritersNumbersWithoutGapsInOrderOfCommit() throws Exception {
        UUID collection = installation.collection("concurrent");
        try (ExecutorService writers = Executors.newFixedThreadPool(4)) {
            List<Future<Written>> all = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                int number = i;
                all.add(writers.submit(() ->
                        installation.write(collection, "doc" + number % 8, "Document number " + number + " of many.")));
            }
            for (Future<Written> one : all) {
                assertThat(one.get()).isInstanceOf(Written.Ready.class);
            }
        }
        List<Long> numbers = installation
                .jdbi()
                .withHandle(handle -> handle.createQuery("SELECT number FROM retrieval.changes ORDER BY number")
                        .mapTo(Long.class)
                        .list());
        assertThat(numbers)
                .isEqualTo(LongStream.rangeClosed(1, numbers.size()).boxed().toList());
        assertThat(installation.search("Document number of many", rights().narrowedTo(collection)))
                .hasSize(8);
    }

    @Test
    void pagesThroughDocumentsByPath() {
        UUID collection = installation.collection("paged");
        IntStream.range(0, 5).forEach(i -> installation.write(collection, "p" + i, "Page number " + i + " here."));
        DocumentPage first = installation.retrieval().catalog().documents(collection, rights(), null, 3);
        DocumentPage second = installation.retrieval().catalog().documents(collection, rights(), first.next(), 3);
        assertThat(first.documents()).extracting(Document::path).containsExactly("p0", "p1", "p2");
        assertThat(second.documents()).extracting(Document::path).containsExactly("p3", "p4");
        assertThat(second.next()).isNull();
    }

    @Test
    void showsAPassageInItsContext() {
        UUID collection = installation.collection("context");
        Written.Ready written =
                (Written.Ready) installation.write(collection, "a.txt", "First part.\n\nMiddle part.\n\nLast part.");
        Hit middle =
                installation.search("middle", rights().narrowedTo(collection)).getFirst();
        PassageInContext passage = installation
                .retrieval()
                .catalog()
                .passage(written.document(), middle.passage(), rights(), 9)
                .orElseThrow();
        assertThat(passage.before()).isEqualTo("part.\n\n");
        assertThat(passage.text()).isEqualTo("Middle part.");
        assertThat(passage.after()).isEqualTo("\n\nLast");
    }

    @Test
    void tellsAReaderWithoutRightsNothing() {
        UUID collection = installation.collection("secret");
        Written.Ready written = (Written.Ready) installation.write(collection, "a.txt", "The safe's code is 1234.");
        ReadFilter nobody = installation.rights(new Principal("nobody"));
        Catalog catalog = installation.retrieval().catalog();
        assertThat(catalog.collections(nobody)).isEmpty();
        assertThat(catalog.document(written.document(), nobody)).isEmpty();
        assertThat(catalog.documents(collection, nobody, null, 10).documents()).isEmpty();
        assertThat(catalog.passage(written.document(), 1, nobody, 10)).isEmpty();
        assertThat(installation.search("code of the safe", nobody)).isEmpty();
    }

    private static ReadFilter rights() {
        return installation.rights(Principal.CONSOLE);
    }

    private static long leaves(String type) {
        return installation
                .jdbi()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM compliance.entry WHERE type = :type")
                        .bind("type", type)
                        .mapTo(Long.class)
                        .one());
    }
}
