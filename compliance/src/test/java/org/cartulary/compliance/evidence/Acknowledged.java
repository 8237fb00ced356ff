package org.cartulary.compliance.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.cartulary.compliance.tlog.LogDirectory;
import org.cartulary.compliance.tlog.TreeReader;
import org.jdbi.v3.core.Jdbi;

/** What was handed out as durable, to be held against the log after whatever befell it. Thread-safe. */
final class Acknowledged {
    private record Entry(long id, String question, long index, String size, String root) {}

    private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();

    void add(long id, String question, Receipt receipt) {
        add(line(id, question, receipt));
    }

    /** Takes what {@link #line} made of a receipt, perhaps in another process. */
    void add(String line) {
        String[] parts = line.split(" ", 5);
        entries.add(new Entry(Long.parseLong(parts[0]), parts[4], Long.parseLong(parts[1]), parts[2], parts[3]));
    }

    static String line(long id, String question, Receipt receipt) {
        String[] checkpoint = receipt.proof().split("\n\n", 2)[1].split("\n", 4);
        return id + " " + receipt.index() + " " + checkpoint[1] + " " + checkpoint[2] + " " + question;
    }

    int count() {
        return entries.size();
    }

    /** Every receipt that was handed out can be had again, with the same place, checkpoint and words; nothing waits. */
    void assertHeld(Jdbi jdbi, Path home, LogFixture fixture) throws IOException {
        fixture.awaitFiles();
        LogStatus status = fixture.log().status();
        assertThat(status.stoppedReason()).isNull();
        assertThat(count(jdbi, "SELECT count(*) FROM compliance.entry WHERE tree_index IS NULL"))
                .isZero();
        assertThat(status.publishedSize()).isEqualTo(count(jdbi, "SELECT count(*) FROM compliance.entry"));
        PublishedLog published = fixture.log().published();
        assertThat(new TreeReader(new LogDirectory(home.resolve("log")), status.publishedSize()).root())
                .isEqualTo(published.checkpoint().root());
        for (Entry entry : entries) {
            Receipt again = fixture.receipt(entry.id());
            assertThat(again.index()).isEqualTo(entry.index());
            assertThat(again.proof()).contains("\n" + entry.size() + "\n" + entry.root() + "\n");
            assertThat(again.recordJson()).contains(entry.question());
        }
    }

    private static long count(Jdbi jdbi, String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }
}
