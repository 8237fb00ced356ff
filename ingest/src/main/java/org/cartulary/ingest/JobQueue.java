package org.cartulary.ingest;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.retrieval.originals.StagedOriginal;
import org.cartulary.retrieval.originals.TimeOrderedId;
import org.jdbi.v3.core.Jdbi;

/** The durable queue: table {@code ingest.jobs}. Thread-safe; one process at a time works on it. */
final class JobQueue {
    private static final String OPEN = "('queued', 'parsing', 'embedding', 'indexing')";
    private final Jdbi jdbi;
    private final Clock clock;

    JobQueue(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    Job add(UUID collection, String path, StagedOriginal original, Principal by) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        INSERT INTO ingest.jobs (id, collection, path, document, sha256, bytes, actor, state,
                          not_before, created_at, updated_at)
                        VALUES (:id, :collection, :path, :document, :sha256, :bytes, :actor, 'queued', :now, :now, :now)
                        RETURNING *
                        """)
                .bind("id", TimeOrderedId.next())
                .bind("collection", collection)
                .bind("path", path)
                .bind("document", original.document())
                .bind("sha256", original.sha256())
                .bind("bytes", original.bytes())
                .bind("actor", by.id())
                .bind("now", OffsetDateTime.now(clock))
                .map((row, context) -> JobRows.job(row))
                .one());
    }

    /**
     * Takes up the oldest job that may run. Of several files at one path only the oldest may, so that the newest bytes
     * are the last to be written.
     */
    Optional<QueuedFile> take() {
        return jdbi.inTransaction(handle -> handle.createQuery("""
                        UPDATE ingest.jobs SET state = 'parsing', attempts = attempts + 1, updated_at = :now
                        WHERE id = (
                          SELECT j.id FROM ingest.jobs j
                          WHERE j.state = 'queued' AND j.not_before <= :now AND NOT EXISTS (
                            SELECT 1 FROM ingest.jobs o
                            WHERE o.collection = j.collection AND o.path = j.path AND o.id < j.id
                              AND o.state IN %s)
                          ORDER BY j.id LIMIT 1 FOR UPDATE SKIP LOCKED)
                        RETURNING *
                        """.formatted(OPEN))
                .bind("now", OffsetDateTime.now(clock))
                .map((row, context) -> JobRows.queued(row))
                .findOne());
    }

    void move(UUID id, JobState state) {
        jdbi.useHandle(
                handle -> handle.createUpdate("UPDATE ingest.jobs SET state = :state, updated_at = :now WHERE id = :id")
                        .bind("id", id)
                        .bind("state", state.wireName())
                        .bind("now", OffsetDateTime.now(clock))
                        .execute());
    }

    /** Ends a job. */
    void finish(UUID id, Finished outcome) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE ingest.jobs SET state = :state, document = coalesce(:document, document),
                          failure = :failure, reason = :reason, pages = :pages, passages = :passages, updated_at = :now
                        WHERE id = :id
                        """)
                .bind("id", id)
                .bind("state", outcome.state().wireName())
                .bind("document", outcome.document())
                .bind("failure", outcome.failure())
                .bind("reason", outcome.reason())
                .bind("pages", outcome.pages())
                .bind("passages", outcome.passages())
                .bind("now", OffsetDateTime.now(clock))
                .execute());
    }

    /** Puts a job back after a fault that was not the file's. */
    void putBack(UUID id, String reason, Duration rest) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE ingest.jobs SET state = 'queued', reason = :reason, not_before = :rested, updated_at = :now
                        WHERE id = :id
                        """)
                .bind("id", id)
                .bind("reason", reason)
                .bind("rested", now.plus(rest))
                .bind("now", now)
                .execute());
    }

    /** Gives a job back untouched: the attempt did not count. */
    void release(UUID id) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE ingest.jobs SET state = 'queued', attempts = attempts - 1, updated_at = :now WHERE id = :id
                        """)
                .bind("id", id)
                .bind("now", OffsetDateTime.now(clock))
                .execute());
    }

    /**
     * Puts back what a killed process was working on.
     *
     * @return the jobs that were taken up too often already; they are left as they are, for the caller to end
     */
    List<QueuedFile> resume(int maxAttempts) {
        return jdbi.inTransaction(handle -> {
            handle.createUpdate("""
                            UPDATE ingest.jobs SET state = 'queued', updated_at = :now
                            WHERE state IN ('parsing', 'embedding', 'indexing') AND attempts < :most
                            """)
                    .bind("most", maxAttempts)
                    .bind("now", OffsetDateTime.now(clock))
                    .execute();
            return handle.createQuery(
                            "SELECT * FROM ingest.jobs WHERE state IN ('parsing', 'embedding', 'indexing') ORDER BY id")
                    .map((row, context) -> JobRows.queued(row))
                    .list();
        });
    }

    /** An open job holds this staged original. */
    boolean wants(UUID document) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT EXISTS (SELECT 1 FROM ingest.jobs WHERE document = :document AND state IN " + OPEN
                                + ")")
                .bind("document", document)
                .mapTo(Boolean.class)
                .one());
    }

    long waiting() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM ingest.jobs WHERE state = 'queued'")
                .mapTo(Long.class)
                .one());
    }

    Optional<Job> find(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM ingest.jobs WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> JobRows.job(row))
                .findOne());
    }

    JobSummary summary(UUID collection) {
        return counted(jdbi.withHandle(
                handle -> handle.createQuery(Count.SQL + "collection = :collection" + Count.GROUPED)
                        .bind("collection", collection)
                        .map((row, context) -> new Count(row.getString(1), row.getString(2), row.getLong(3)))
                        .list()));
    }

    JobSummary summary(List<UUID> jobs) {
        return counted(jdbi.withHandle(handle -> handle.createQuery(Count.SQL + "id = ANY(:jobs)" + Count.GROUPED)
                .bindArray("jobs", UUID.class, new ArrayList<>(jobs))
                .map((row, context) -> new Count(row.getString(1), row.getString(2), row.getLong(3)))
                .list()));
    }

    private record Count(
            String state, @org.jspecify.annotations.Nullable String failure, long jobs) {
        static final String SQL = "SELECT state, failure, count(*) FROM ingest.jobs WHERE ";
        static final String GROUPED = " GROUP BY state, failure";
    }

    private static JobSummary counted(List<Count> counts) {
        Map<JobState, Long> states = new EnumMap<>(JobState.class);
        SortedMap<String, Long> failures = new TreeMap<>();
        for (Count count : counts) {
            states.merge(JobState.ofWireName(count.state()), count.jobs(), Long::sum);
            if (count.failure() != null) {
                failures.merge(count.failure(), count.jobs(), Long::sum);
            }
        }
        return new JobSummary(states, failures);
    }
}
