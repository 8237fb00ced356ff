package org.cartulary.compliance.timestamp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.evidence.EvidenceUnavailable;
import org.cartulary.compliance.evidence.PublishedLog;
import org.cartulary.compliance.tlog.Checkpoint;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a time-stamping authority inside the house say when checkpoints of the log existed: one with an address is asked every
 * so often, one without by files that people carry. What cannot be had stops nothing; it is said. Thread-safe.
 */
public final class Timestamps implements AutoCloseable {
    /** Longest answer that is taken in, in bytes. */
    public static final int MAX_ANSWER_BYTES = StampVerifier.MAX_BYTES;

    /** The most that one call lists. */
    public static final int MAX_LISTED = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Timestamps.class);

    private final Jdbi jdbi;
    private final EvidenceLog log;
    private final Clock clock;
    private final Duration every;
    private final @Nullable StampVerifier verifier;
    private final @Nullable StampClient client;
    private final Semaphore ending = new Semaphore(0);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("evidence-timestamps").unstarted(this::run);

    private volatile @Nullable String trouble;

    /**
     * Whom to ask.
     *
     * @param url null where files are carried
     * @param certified who certifies those that stamp
     */
    public record Source(@Nullable URI url, TrustedAuthority certified) {}

    /**
     * Asks nobody yet.
     *
     * @param source null without an authority
     * @param every how often one with an address is asked
     */
    public Timestamps(Jdbi jdbi, EvidenceLog log, @Nullable Source source, Clock clock, Duration every) {
        this.jdbi = jdbi;
        this.log = log;
        this.clock = clock;
        this.every = every;
        this.verifier = source == null ? null : new StampVerifier(source.certified());
        this.client = source == null || source.url() == null ? null : new StampClient(source.url());
    }

    /** Begins to ask an authority with an address. */
    public void start() {
        if (client != null) {
            thread.start();
        }
    }

    private void run() {
        try {
            do {
                ask();
            } while (!ending.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks the authority that has an address to stamp what is published now, unless it did already. */
    public void ask() {
        if (client == null) {
            return;
        }
        try {
            PublishedLog current = log.published();
            Checkpoint published = current.checkpoint();
            int shard = current.shard().id();
            long stamped = jdbi.withHandle(StampTable::last)
                    .filter(stamp -> stamp.shard() == shard)
                    .map(Stamp::size)
                    .orElse(0L);
            if (published.size() > stamped) {
                StampQuery query = StampQuery.about(shard, published);
                keep(query, client.ask(query.der()));
            }
            trouble(null);
        } catch (IOException | UncheckedIOException | EvidenceUnavailable | StampRefused e) {
            trouble(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The time-stamping authority could not be asked", e);
            trouble("a fault: " + e.getMessage());
        }
    }

    private Stamp keep(StampQuery query, byte[] answer) {
        Stamp stamp = verifier().verified(query, answer);
        jdbi.useTransaction(handle -> StampTable.keep(handle, stamp));
        return stamp;
    }

    private StampVerifier verifier() {
        if (verifier == null) {
            throw new IllegalStateException(
                    "No time-stamping authority is set: name the certificate of its authority in"
                            + " cartulary.evidence.timestamp-certificate");
        }
        return verifier;
    }

    private void trouble(@Nullable String reason) {
        if (reason != null && !reason.equals(trouble)) {
            LOG.warn("The time-stamping authority does not stamp: {}", reason);
        }
        trouble = reason;
    }

    /**
     * A question that is carried to an authority.
     *
     * @param size entries of the checkpoint
     * @param der TimeStampReq, in DER
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Query(long size, byte[] der) {}

    /**
     * What is carried to an authority: a question about what is published now; the same one until its answer is here.
     *
     * @throws IllegalStateException where no authority is set whose answer could be verified
     */
    public Query query() {
        verifier();
        PublishedLog current = log.published();
        Checkpoint published = current.checkpoint();
        int shard = current.shard().id();
        StampQuery query = jdbi.inTransaction(handle -> {
            if (StampTable.query(handle, shard, published.size()).isEmpty()) {
                StampTable.keepQuery(handle, StampQuery.about(shard, published), clock.instant());
            }
            return StampTable.query(handle, shard, published.size()).orElseThrow();
        });
        return new Query(query.size(), query.der());
    }

    /**
     * Takes in the answer that somebody brought back.
     *
     * @param answer TimeStampResp, in DER
     * @throws StampRefused where it is no answer to a question that was carried away, or proves nothing
     * @throws IllegalStateException where no authority is set
     */
    public Stamp accept(byte[] answer) {
        verifier();
        byte[] imprint = StampVerifier.imprintOf(answer);
        StampQuery query = jdbi.withHandle(StampTable::queries).stream()
                .filter(asked -> asked.isAbout(imprint))
                .findFirst()
                .orElseThrow(() -> new StampRefused("it is about none of the last " + StampTable.OPEN_QUERIES
                        + " questions that were carried away: write a new one"));
        Stamp stamp = keep(query, answer);
        jdbi.useHandle(handle -> StampTable.forgetQuery(handle, stamp.shard(), stamp.size()));
        return stamp;
    }

    /** The token of the first stamped checkpoint that covers an entry: the earliest time at which it is known to have stood. */
    public Optional<Stamp> covering(int shard, long index) {
        return jdbi.withHandle(handle -> StampTable.firstCovering(handle, shard, index));
    }

    /** Stamps, newest first; at most {@value #MAX_LISTED}. */
    public List<Stamp> newest(int limit) {
        if (limit < 1 || limit > MAX_LISTED) {
            throw new IllegalArgumentException("Stamps are listed 1 to " + MAX_LISTED + " at a time");
        }
        return jdbi.withHandle(handle -> StampTable.newest(handle, limit));
    }

    /**
     * How far the log is time-stamped.
     *
     * @param authority whether one is set
     * @param stamps how many checkpoints have a token
     * @param last the greatest of them
     * @param since how long ago that was stamped
     * @param trouble why the authority did not stamp when it was asked last; null where it did
     */
    public record Status(
            boolean authority,
            long stamps,
            Optional<Stamp> last,
            Optional<Duration> since,
            @Nullable String trouble) {}

    public Status status() {
        return jdbi.withHandle(handle -> {
            Optional<Stamp> last = StampTable.last(handle);
            return new Status(
                    verifier != null,
                    StampTable.count(handle),
                    last,
                    last.map(stamp -> Duration.between(stamp.time(), clock.instant())),
                    trouble);
        });
    }

    /** Lets a request in progress end. */
    @Override
    public void close() {
        ending.release();
        if (client != null) {
            client.close();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
