package org.cartulary.ingest;

import java.time.Duration;
import java.util.Optional;
import org.cartulary.compliance.retention.Held;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.retrieval.catalog.Stage;
import org.cartulary.retrieval.lexical.IndexBehind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes jobs from the queue, one after another, until its thread is interrupted. */
final class JobWorker implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);
    /** A job put back by another process, or resting, is found without a signal. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private static final Duration REST = Duration.ofSeconds(5);

    private final JobQueue queue;
    private final FileWork work;
    private final Signal signal;
    private final int maxAttempts;

    JobWorker(JobQueue queue, FileWork work, Signal signal, int maxAttempts) {
        this.queue = queue;
        this.work = work;
        this.signal = signal;
        this.maxAttempts = maxAttempts;
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                long seen = signal.count();
                Optional<QueuedFile> file = take();
                if (file.isPresent()) {
                    finish(file.get());
                } else {
                    signal.await(seen, LOOK_AGAIN);
                }
            }
        } catch (InterruptedException e) {
            // The end was asked for.
            Thread.currentThread().interrupt();
        }
    }

    private Optional<QueuedFile> take() {
        try {
            return queue.take();
        } catch (RuntimeException e) {
            LOG.error("The queue of files cannot be read; trying again", e);
            return Optional.empty();
        }
    }

    private void finish(QueuedFile file) throws InterruptedException {
        try {
            end(file);
        } catch (InterruptedException e) {
            queue.release(file.id());
            throw e;
        } catch (RuntimeException e) {
            LOG.error("Job {} could not be brought to an end; the next start takes it up again", file.id(), e);
        } finally {
            signal.raise();
        }
    }

    private void end(QueuedFile file) throws InterruptedException {
        try {
            queue.finish(file.id(), work.run(file, stage -> move(file, stage)));
        } catch (InferenceRefused e) {
            fail(file, "refused_by_embedder", e);
        } catch (Held e) {
            fail(file, "held", e);
        } catch (IndexBehind | InferenceFailed | ParserUnavailable e) {
            retry(file, e);
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("Stopped while working on a file");
            }
            LOG.error("Job {} met a fault", file.id(), e);
            retry(file, e);
        }
    }

    private void move(QueuedFile file, Stage stage) {
        switch (stage) {
            case EMBEDDING -> queue.move(file.id(), JobState.EMBEDDING);
            case INDEXING -> queue.move(file.id(), JobState.INDEXING);
            case READY -> {
                // The end of the job says so, with what became of it.
            }
        }
        signal.raise();
    }

    private void retry(QueuedFile file, RuntimeException fault) {
        if (file.attempts() >= maxAttempts) {
            fail(file, "fault", fault);
        } else {
            LOG.warn("Job {} is put back after attempt {}: {}", file.id(), file.attempts(), fault.getMessage());
            queue.putBack(file.id(), String.valueOf(fault.getMessage()), REST.multipliedBy(file.attempts()));
        }
    }

    private void fail(QueuedFile file, String code, RuntimeException fault) {
        String reason = "Given up after " + file.attempts() + " attempts: " + fault.getMessage();
        queue.finish(file.id(), work.abandon(file, code, reason));
    }
}
