package org.cartulary.ingest.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.cartulary.ingest.parse.ParseOutcome.NotParsed;
import org.cartulary.ingest.parse.ParseOutcome.Parsed;
import org.cartulary.ingest.testing.SampleFiles;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever becomes of a parser process, one file ends with a reason and the next one is read. */
class ParserProcessDeathTest {
    @TempDir
    static Path work;

    @TempDir
    Path files;

    private static ParserPool pool;

    @BeforeAll
    static void open() {
        Duration limit = Duration.ofSeconds(4);
        pool = new ParserPool(
                work, 1, ParserLimits.DEFAULT.withTime(limit, limit).withHeapMebibytes(128));
    }

    @AfterAll
    static void close() {
        pool.close();
        assertThat(pool.pids()).isEmpty();
    }

    @AfterEach
    void readsTheNextFileAndHasSweptUp() throws Exception {
        Path next = SampleFiles.text(files.resolve("next.txt"), "The next file is read.");
        assertThat(pool.parse(next, "next.txt")).isInstanceOf(Parsed.class);
        assertThat(work.resolve("parser-1").resolve("tmp")).isEmptyDirectory();
        assertThat(work.resolve("parser-1").resolve("in")).isEmptyDirectory();
    }

    @Test
    void endsAFileThatNeverEnds() throws Exception {
        NotParsed refused = refused("hang");
        assertThat(refused.failure()).isEqualTo(ParseFailure.TIME_LIMIT);
        assertThat(refused.reason()).contains("4 seconds");
    }

    @Test
    void endsAFileThatEndsItsProcess() throws Exception {
        assertThat(refused("exit").failure()).isEqualTo(ParseFailure.CRASHED);
    }

    @Test
    void removesWhatADeadProcessLeftInItsDirectory() throws Exception {
        assertThat(refused("litter").failure()).isEqualTo(ParseFailure.CRASHED);
    }

    @Test
    void endsAFileThatNeedsTooMuchMemory() throws Exception {
        NotParsed refused = refused("exhaust");
        assertThat(refused.failure()).isEqualTo(ParseFailure.MEMORY_LIMIT);
        assertThat(refused.reason()).contains("128 MiB");
    }

    @Test
    void triesAFileOnceMoreWhoseProcessWasKilled() throws Exception {
        Path mark = files.resolve("mark");
        Path file = SampleFiles.hostile(files, "hang-once " + mark);
        try (var other = Executors.newSingleThreadExecutor()) {
            var outcome = other.submit(() -> pool.parse(file, "a.hostile"));
            while (!Files.exists(mark) && !outcome.isDone()) {
                LockSupport.parkNanos(1_000_000);
            }
            pool.pids().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            assertThat(outcome.get()).isInstanceOf(Parsed.class);
        }
    }

    @Test
    void leavesNoProcessBehindWhenTheMainProcessIsKilled() throws Exception {
        assumeThat(Isolation.probe().command()).as("setpriv is not here").anyMatch(word -> word.endsWith("setpriv"));
        Path mark = files.resolve("mark");
        Path file = SampleFiles.hostile(files, "hang-once " + mark);
        Process main = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ParsesAndDies.class.getName(),
                        files.resolve("work").toString(),
                        file.toString())
                .inheritIO()
                .start();
        while (!Files.exists(mark) && main.isAlive()) {
            LockSupport.parkNanos(1_000_000);
        }
        ProcessHandle parser = ProcessHandle.of(Long.parseLong(
                        Files.readString(files.resolve("work/parser-1/pid")).strip()))
                .orElseThrow();
        main.destroyForcibly().waitFor();
        assertThat(parser.onExit()).succeedsWithin(Duration.ofMinutes(1));
    }

    private NotParsed refused(String command) throws Exception {
        ParseOutcome outcome = pool.parse(SampleFiles.hostile(files, command), "a.hostile");
        assertThat(outcome).isInstanceOf(NotParsed.class);
        return (NotParsed) outcome;
    }
}
