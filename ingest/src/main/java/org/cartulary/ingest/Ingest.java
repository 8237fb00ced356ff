package org.cartulary.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.inference.Embedder;
import org.cartulary.ingest.parse.ParserPool;
import org.cartulary.ingest.parse.ParserStatus;
import org.cartulary.retrieval.Retrieval;
import org.cartulary.retrieval.building.Cutting;
import org.cartulary.retrieval.catalog.Collection;
import org.cartulary.retrieval.catalog.Document;
import org.cartulary.retrieval.originals.OriginalTooLarge;
import org.cartulary.retrieval.originals.StagedOriginal;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way in for files: each is stored, queued durably, and worked on by a few workers. Thread-safe; one instance for
 * a home and its database.
 */
public final class Ingest implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);
    private static final int MOST_PATH_CHARACTERS = 1024;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final long CLOSE_SECONDS = 30;

    private final Retrieval retrieval;
    private final IngestSettings settings;
    private final JobQueue queue;
    private final Path clear;
    private final ParserPool parsers;
    private final FileWork work;
    private final Signal signal = new Signal();
    private final List<Thread> workers = new ArrayList<>();

    /**
     * What ingest is built on.
     *
     * @param jdbi a database in which the histories of compliance, retrieval and ingest have run
     * @param home directory of the installation; ingest uses {@code ingest} in it
     * @param retrieval opened with {@link IngestSettings#chunkerVersion}
     */
    public record Foundation(Jdbi jdbi, Path home, Clock clock, Embedder embedder, Retrieval retrieval) {}

    /** Prepares directories and parser processes; {@link #start} lets the work begin. */
    public Ingest(Foundation on, IngestSettings settings) {
        this.retrieval = on.retrieval();
        this.settings = settings;
        this.queue = new JobQueue(on.jdbi(), on.clock());
        Path root = on.home().resolve("ingest");
        this.clear = emptied(root.resolve("clear"));
        this.parsers = new ParserPool(root.resolve("parsers"), settings.workers(), settings.parser());
        this.work = new FileWork(retrieval, on.embedder(), parsers, settings.maxPassageTokens(), clear);
    }

    /** Queues again what a killed process was working on, removes originals nobody waits for, and starts the workers. */
    public synchronized void start() {
        if (!workers.isEmpty()) {
            throw new IllegalStateException("Ingest is running already");
        }
        for (QueuedFile file : queue.resume(settings.maxAttempts())) {
            String reason = "Given up: the appliance ended " + file.attempts() + " times while working on this file.";
            queue.finish(file.id(), work.abandon(file, "interrupted", reason));
        }
        int swept = retrieval.catalog().sweepOriginals(queue::wants);
        if (swept > 0) {
            LOG.info("{} originals that nobody waits for were removed", swept);
        }
        for (int i = 1; i <= settings.workers(); i++) {
            JobWorker worker = new JobWorker(queue, work, signal, settings.maxAttempts());
            workers.add(Thread.ofPlatform().name("ingest-" + i).start(worker));
        }
    }

    /**
     * Takes a file in. When this returns the file is stored, encrypted, and its job is durable.
     *
     * @param path the document's path in the collection, 1 to 1,024 characters without control characters
     * @param bytes read to the end, not closed
     * @throws IngestRefused when the queue is full, the file too large or the path not usable
     */
    public Job submit(Collection collection, String path, InputStream bytes, Principal by) {
        requirePath(path);
        long waiting = queue.waiting();
        if (waiting >= settings.maxQueued()) {
            throw new IngestRefused(new Refusal.QueueFull(waiting, settings.maxQueued()));
        }
        StagedOriginal original;
        try {
            original = retrieval.originals().stage(bytes, settings.maxFileBytes());
        } catch (OriginalTooLarge e) {
            throw new IngestRefused(new Refusal.FileTooLarge(path, settings.maxFileBytes()));
        }
        return enqueue(collection, path, original, by);
    }

    private Job enqueue(Collection collection, String path, StagedOriginal original, Principal by) {
        boolean queued = false;
        try {
            Job job = queue.add(collection.id(), path, original, by);
            queued = true;
            signal.raise();
            return job;
        } finally {
            if (!queued) {
                retrieval.originals().discard(original.document());
            }
        }
    }

    private static void requirePath(String path) {
        boolean usable = !path.isBlank()
                && path.length() <= MOST_PATH_CHARACTERS
                && path.chars().noneMatch(Character::isISOControl);
        if (!usable) {
            throw new IngestRefused(new Refusal.BadPath("A document's path has 1 to " + MOST_PATH_CHARACTERS
                    + " characters and no control characters: rename the file."));
        }
    }

    /**
     * Cuts a document again out of its original, as documents are cut now.
     *
     * @return empty where its original can no longer be read
     * @throws RuntimeException when no parser process can be had; it may be tried again
     */
    public Optional<Cutting.Cut> cutAgain(Document document) throws InterruptedException {
        return work.cutAgain(document);
    }

    public Optional<Job> job(UUID id) {
        return queue.find(id);
    }

    /**
     * Waits until a job is final, at most so long.
     *
     * @return the job as it then is, final or not
     * @throws IllegalArgumentException when there is no such job
     */
    public Job await(UUID id, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            long seen = signal.count();
            Job job = queue.find(id).orElseThrow(() -> new IllegalArgumentException("There is no job " + id));
            Duration left = Signal.until(deadline);
            if (job.state().isFinal() || left.isZero()) {
                return job;
            }
            signal.await(seen, Signal.least(left, LOOK_AGAIN));
        }
    }

    /** All jobs of a collection, counted. */
    public JobSummary summary(UUID collection) {
        return queue.summary(collection);
    }

    /** These jobs, counted. */
    public JobSummary summary(List<UUID> jobs) {
        return queue.summary(jobs);
    }

    /** Files that wait for a worker. */
    public long queued() {
        return queue.waiting();
    }

    /** How many may wait; more are refused. */
    public int maxQueued() {
        return settings.maxQueued();
    }

    /** How the parser processes stand. */
    public ParserStatus parserStatus() {
        return parsers.status();
    }

    /** Stops the workers; files half done are queued again at the next start. */
    @Override
    public synchronized void close() {
        workers.forEach(Thread::interrupt);
        for (Thread worker : workers) {
            try {
                if (!worker.join(Duration.ofSeconds(CLOSE_SECONDS))) {
                    LOG.warn("{} did not end within {} seconds", worker.getName(), CLOSE_SECONDS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        workers.clear();
        parsers.close();
    }

    /** A directory for the owner only, without what a killed process left in it. */
    private static Path emptied(Path directory) {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try (Stream<Path> left = Files.list(directory)) {
                for (Path file : left.toList()) {
                    Files.delete(file);
                }
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot prepare " + directory + ": check owner and space", e);
        }
    }
}
