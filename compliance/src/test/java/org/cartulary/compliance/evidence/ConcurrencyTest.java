package org.cartulary.compliance.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.cartulary.compliance.testing.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTest {
    private static final int THREADS = 64;
    private static final int QUESTIONS_EACH = 10;

    @TempDir
    private Path home;

    private final Jdbi jdbi = PostgresExtension.database("compliance");

    @Test
    void everyEntryOfManyThreadsGetsOnePlaceWithoutGaps() throws Exception {
        List<Receipt> receipts = new ArrayList<>();
        try (LogFixture fixture = LogFixture.open(jdbi, home);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Receipt>>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(() -> askManyQuestions(fixture)));
            }
            for (Future<List<Receipt>> done : running) {
                receipts.addAll(done.get());
            }
            assertThat(fixture.log().published().checkpoint().size()).isEqualTo(2L * THREADS * QUESTIONS_EACH);
        }
        assertThat(receipts).extracting(Receipt::number).doesNotHaveDuplicates().hasSize(THREADS * QUESTIONS_EACH);
        assertThat(receipts).extracting(Receipt::index).doesNotHaveDuplicates();
        assertThat(indexes())
                .containsExactlyElementsOf(LongStream.range(0, 2L * THREADS * QUESTIONS_EACH)
                        .boxed()
                        .toList());
        assertThat(checkpoints()).isLessThan(2L * THREADS * QUESTIONS_EACH);
    }

    private static List<Receipt> askManyQuestions(LogFixture fixture) {
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < QUESTIONS_EACH; i++) {
            long number = fixture.newNumber();
            fixture.append(EntryType.ASKED, number, Map.of("act", "ask"), Map.of("question", "q" + i));
            long ended = fixture.append(EntryType.ANSWERED, number, Map.of(), Map.of("answer", "a" + i));
            receipts.add(fixture.receipt(ended));
        }
        return receipts;
    }

    private List<Long> indexes() {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT tree_index FROM compliance.entry ORDER BY tree_index")
                        .mapTo(Long.class)
                        .list());
    }

    private long checkpoints() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM compliance.checkpoint")
                .mapTo(Long.class)
                .one());
    }
}
