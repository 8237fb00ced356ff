package org.cartulary.compliance.evidence;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/**
 * A process that writes entries from several threads, prints each receipt, and halts without any farewell when it has
 * reached a named step of a publication often enough; for the steps of shards it begins one after the other. It begins just before a tile becomes full.
 */
final class CrashingWriter {
    static final int HALTED = 99;
    private static final int WRITERS = 4;
    private static final int ENTRIES_BEFORE = 250;

    private CrashingWriter() {}

    public static void main(String[] args) throws InterruptedException {
        int publicationsBefore = Integer.parseInt(args[5]);
        Jdbi jdbi = Jdbi.create(args[0], args[1], args[2]).installPlugin(new PostgresPlugin());
        AtomicInteger reached = new AtomicInteger();
        LogFixture fixture = LogFixture.open(jdbi, Path.of(args[3]), step -> {
            if (step.name().equals(args[4]) && reached.incrementAndGet() > publicationsBefore) {
                Runtime.getRuntime().halt(HALTED);
            }
        });
        jdbi.useTransaction(handle -> {
            for (int i = 0; i < ENTRIES_BEFORE; i++) {
                EvidenceLog log = fixture.log();
                log.append(handle, LogFixture.draft(EntryType.STOPPED, log.nextNumber(handle), Map.of(), Map.of()));
            }
        });
        var writers = Stream.generate(() -> Thread.ofPlatform().start(() -> write(fixture)))
                .limit(WRITERS)
                .toList();
        while (args[4].startsWith("SHARD")) {
            fixture.log().beginShard(LogFixture.PATIENCE);
        }
        for (Thread writer : writers) {
            writer.join();
        }
    }

    private static void write(LogFixture fixture) {
        while (true) {
            long id = fixture.appendStarted();
            Receipt receipt = fixture.receipt(id);
            String[] checkpoint = receipt.proof().split("\n\n", 2)[1].split("\n", 4);
            String line = id + " " + receipt.index() + " " + checkpoint[1] + " " + checkpoint[2] + "\n";
            print(line);
        }
    }

    private static synchronized void print(String line) {
        System.out.print(line);
        System.out.flush();
    }
}
