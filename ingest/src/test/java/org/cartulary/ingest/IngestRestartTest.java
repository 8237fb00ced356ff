package org.cartulary.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.cartulary.ingest.testing.Installation;
import org.cartulary.ingest.testing.SampleFiles;
import org.cartulary.retrieval.catalog.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestRestartTest {
    @TempDir
    Path home;

    private Installation installation;

    @BeforeEach
    void open() {
        installation =
                new Installation(home, IngestSettings.defaults().withWorkers(2).withMaxQueued(20));
    }

    @AfterEach
    void close() {
        installation.close();
    }

    @Test
    void worksOffAfterARestartWhatWasQueuedBefore() throws Exception {
        List<Job> jobs = submit(5);
        installation.restart();
        installation.ingest().start();
        assertEachIsThereOnce(jobs);
    }

    @Test
    void resumesWhatAKillInterruptedAtAnyPoint() throws Exception {
        List<Job> jobs = submit(6);
        killedIn(jobs.get(0), JobState.PARSING);
        killedIn(jobs.get(1), JobState.EMBEDDING);
        killedIn(jobs.get(2), JobState.INDEXING);
        installation.restart();
        installation.ingest().start();
        assertEachIsThereOnce(jobs);
    }

    @Test
    void takesADocumentForItsOwnThatItWroteJustBeforeAKill() throws Exception {
        installation.ingest().start();
        Job job = installation.done(installation.submit("a.txt", "Written just before the kill."));
        installation.ingest().close();
        installation
                .jdbi()
                .useHandle(
                        handle -> handle.execute("UPDATE ingest.jobs SET state = 'indexing' WHERE id = ?", job.id()));
        installation.restart();
        installation.ingest().start();
        assertThat(installation.done(job).state()).isEqualTo(JobState.READY);
        assertThat(installation.documents()).extracting(Document::id).containsExactly(job.document());
    }

    @Test
    void givesUpAFileThatTookTheApplianceDownEachTime() throws Exception {
        Job job = installation.submit("deadly.txt", "Text.");
        installation
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE ingest.jobs SET state = 'parsing', attempts = 3 WHERE id = ?", job.id()));
        installation.ingest().start();
        Job ended = installation.done(job);
        assertThat(ended.state()).isEqualTo(JobState.FAILED);
        assertThat(ended.reason()).contains("3 times");
    }

    @Test
    void givesAFileBackThatAnOrderlyStopInterrupts() throws Exception {
        Path mark = home.resolve("mark");
        installation.ingest().start();
        Job job = installation.submit(SampleFiles.hostile(home, "hang-once " + mark));
        while (!Files.exists(mark)) {
            LockSupport.parkNanos(1_000_000);
        }
        installation.ingest().close();
        assertThat(installation.ingest().job(job.id()).orElseThrow().state()).isEqualTo(JobState.QUEUED);
        installation.restart();
        installation.ingest().start();
        assertThat(installation.done(job).state()).isEqualTo(JobState.READY);
    }

    @Test
    void refusesMoreThanTheQueueHolds() {
        List<Job> jobs = submit(20);
        assertThat(jobs).hasSize(20);
        assertThatThrownBy(() -> installation.submit("more.txt", "One too many."))
                .isInstanceOfSatisfying(
                        IngestRefused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(new Refusal.QueueFull(20, 20)));
    }

    @Test
    void tellsHowFarAJobIsWhenPatienceEnds() throws Exception {
        Job job = installation.submit("waits.txt", "Nobody works yet.");
        assertThat(installation.ingest().await(job.id(), Duration.ofMillis(10)).state())
                .isEqualTo(JobState.QUEUED);
    }

    private List<Job> submit(int count) {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            jobs.add(installation.submit("file" + i + ".txt", "This is the text of file number " + i + "."));
        }
        return jobs;
    }

    private void killedIn(Job job, JobState state) {
        installation
                .jdbi()
                .useHandle(handle -> handle.createUpdate(
                                "UPDATE ingest.jobs SET state = :state, attempts = 1 WHERE id = :id")
                        .bind("state", state.wireName())
                        .bind("id", job.id())
                        .execute());
    }

    private void assertEachIsThereOnce(List<Job> jobs) throws InterruptedException {
        List<UUID> ids = new ArrayList<>();
        for (Job job : jobs) {
            Job done = installation.done(job);
            assertThat(done.state()).as(done.toString()).isEqualTo(JobState.READY);
            ids.add(done.document());
        }
        assertThat(installation.documents()).extracting(Document::id).containsExactlyInAnyOrderElementsOf(ids);
    }
}
