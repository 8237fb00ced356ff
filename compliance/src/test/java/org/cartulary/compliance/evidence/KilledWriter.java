package org.cartulary.compliance.evidence;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Stream;
import org.cartulary.compliance.durable.FaultyDisk;
import org.cartulary.compliance.durable.FaultyDisk.Act;
import org.cartulary.compliance.durable.FaultyDisk.Fault;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/**
 * A process that asks questions from several threads, prints each receipt, and halts without any farewell in place of a
 * given act on its disk, while other threads are wherever they are.
 */
final class KilledWriter {
    static final int HALTED = 98;
    private static final int WRITERS = 3;

    private KilledWriter() {}

    public static void main(String[] args) throws InterruptedException {
        Jdbi jdbi = Jdbi.create(args[0], args[1], args[2]).installPlugin(new PostgresPlugin());
        FaultyDisk disk =
                new FaultyDisk(Path.of(args[3]), () -> Runtime.getRuntime().halt(HALTED));
        EnumSet<Act> acts = args[4].equals("SYNC") ? EnumSet.of(Act.SYNC) : EnumSet.allOf(Act.class);
        disk.fail(new Fault(acts, Long.parseLong(args[5]), 1));
        LogFixture fixture = LogFixture.open(jdbi, disk.path());
        var writers = Stream.generate(() -> Thread.ofPlatform().start(() -> write(fixture)))
                .limit(WRITERS)
                .toList();
        for (Thread writer : writers) {
            writer.join();
        }
    }

    private static void write(LogFixture fixture) {
        while (true) {
            String question = ProcessHandle.current().pid() + "." + System.nanoTime();
            long id = fixture.append(EntryType.ASKED, Map.of("act", "ask"), Map.of("question", question));
            print(Acknowledged.line(id, question, fixture.receipt(id)));
        }
    }

    private static synchronized void print(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
