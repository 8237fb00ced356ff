package org.cartulary.compliance.witness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.evidence.EvidenceUnavailable;
import org.cartulary.compliance.evidence.PublishedLog;
import org.cartulary.compliance.evidence.Shard;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.tlog.Checkpoint;
import org.cartulary.compliance.witness.WitnessPolicy.Witness;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets witnesses cosign the log: those with an address every so often, and the others by files that people carry. What a
 * quorum signed is kept beside the log, goes into receipts, and is an entry itself. A witness that shows a checkpoint of this
 * log that this log does not hold stops it: then entries are missing or were rewritten. Thread-safe.
 */
public final class Witnesses implements AutoCloseable {
    /** Longest that is taken in: a checkpoint with the signatures of as many witnesses as there may be. */
    public static final int MAX_CARRIED_BYTES = 1 << 20;

    /** What a code with one cosignature begins with. */
    private static final String CODE = "cosigned ";

    private static final Logger LOG = LoggerFactory.getLogger(Witnesses.class);

    private final Jdbi jdbi;
    private final EvidenceLog log;
    private final WitnessPolicy policy;
    private final Clock clock;
    private final Duration every;
    private final WitnessClient client = new WitnessClient();
    private final Map<String, String> troubles = new LinkedHashMap<>();
    private final Semaphore ending = new Semaphore(0);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("evidence-witnesses").unstarted(this::run);

    /**
     * Asks nobody yet.
     *
     * @param every how often those with an address are asked
     */
    public Witnesses(Jdbi jdbi, EvidenceLog log, WitnessPolicy policy, Clock clock, Duration every) {
        this.jdbi = jdbi;
        this.log = log;
        this.policy = policy;
        this.clock = clock;
        this.every = every;
    }

    /** Begins to ask those with an address. What a crash kept from being noted beside the log is noted first. */
    public void start() {
        keepLast();
        if (policy.witnesses().values().stream().anyMatch(witness -> witness.url() != null)) {
            thread.start();
        }
    }

    private void run() {
        try {
            do {
                askAll();
            } while (!ending.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks each witness with an address to cosign what is published now, unless nothing came since but cosignatures. */
    public void askAll() {
        PublishedLog published = log.published();
        int shard = published.shard().id();
        long seen = status().last()
                .filter(last -> last.shard() == shard)
                .map(Witnessed::size)
                .orElse(0L);
        boolean news = jdbi.withHandle(handle -> Cosignatures.isAnythingBehind(handle, shard, seen));
        if (!news) {
            return;
        }
        policy.witnesses().values().stream()
                .filter(witness -> witness.url() != null)
                .forEach(witness -> ask(witness, published));
    }

    private void ask(Witness witness, PublishedLog published) {
        try {
            long last = jdbi.withHandle(handle -> Cosignatures.lastOf(
                    handle, published.shard().id(), witness.key().shown()));
            WitnessClient.Answer answer = client.ask(witness, published.submission(last));
            if (answer instanceof WitnessClient.SawAnother another) {
                if (another.size() > published.checkpoint().size()) {
                    prove(witness, "it says that it signed " + another.size() + " entries", published);
                    return;
                }
                answer = client.ask(witness, published.submission(another.size()));
            }
            if (answer instanceof WitnessClient.Inconsistent inconsistent) {
                prove(witness, "it says: " + inconsistent.reason(), published);
            } else {
                take(witness, published, answer);
            }
        } catch (IOException | UncheckedIOException | EvidenceUnavailable e) {
            trouble(witness, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The witness {} could not be asked", witness.name(), e);
            trouble(witness, "a fault: " + e.getMessage());
        }
    }

    private void take(Witness witness, PublishedLog published, WitnessClient.Answer answer) {
        switch (answer) {
            case WitnessClient.Signed signed -> {
                Accepted accepted = keep(published.checkpoint(), signed.lines(), Principal.CONSOLE);
                trouble(witness, accepted.witnesses().isEmpty() ? "it answered without a valid signature" : null);
            }
            case WitnessClient.SawAnother another ->
                trouble(witness, "it names another size each time it is asked, now " + another.size());
            case WitnessClient.Inconsistent inconsistent -> trouble(witness, inconsistent.reason());
            case WitnessClient.Refusal refusal -> trouble(witness, refusal.reason());
        }
    }

    /** Whoever answers in a witness's place could say anything: what stops the log is a checkpoint that its own key signed. */
    private void prove(Witness witness, String says, PublishedLog published) throws IOException, InterruptedException {
        String note = client.latest(witness, published.checkpoint().origin());
        if (!log.stopIfContradictedBy(note, "The witness " + witness.name())) {
            trouble(witness, says + ", but shows no checkpoint that this log signed and does not hold");
        }
    }

    private void trouble(Witness witness, @Nullable String reason) {
        synchronized (troubles) {
            if (reason == null) {
                troubles.remove(witness.name());
            } else if (!reason.equals(troubles.put(witness.name(), reason))) {
                LOG.warn("The witness {} does not sign: {}", witness.name(), reason);
            }
        }
    }

    /**
     * What is carried to a witness.
     *
     * @param since the size that it signed last; null where it is the one that the record has of the only witness without an
     *     address, or of none
     * @throws IllegalArgumentException where the log is shorter
     */
    public String submission(@Nullable Long since) {
        try {
            PublishedLog published = log.published();
            return published.submission(since != null ? since : lastCarried(published.shard()));
        } catch (IOException e) {
            throw new UncheckedIOException("The published tiles cannot be read", e);
        }
    }

    private long lastCarried(Shard shard) {
        List<Witness> carried = policy.witnesses().values().stream()
                .filter(witness -> witness.url() == null)
                .toList();
        return jdbi.withHandle(handle -> carried.stream()
                .mapToLong(witness ->
                        Cosignatures.lastOf(handle, shard.id(), witness.key().shown()))
                .min()
                .orElse(0));
    }

    /**
     * What became of cosignatures.
     *
     * @param witnesses of the policy whose signatures are valid
     * @param quorum whether a quorum has signed this checkpoint now
     */
    public record Accepted(long size, List<String> witnesses, boolean quorum) {}

    /**
     * Takes in what a witness signed: the checkpoint with its signatures, or {@code cosigned SIZE} and signature lines.
     *
     * @throws IllegalArgumentException with a sentence where it is not of this log, or no witness of the policy signed it
     */
    public Accepted accept(String carried, Principal by) {
        boolean code = carried.startsWith(CODE);
        int split = carried.indexOf(code ? "\n" : "\n\n");
        if (split < 0) {
            throw new IllegalArgumentException(
                    "That is neither a checkpoint with signatures nor \"cosigned SIZE\" with signature lines");
        }
        Checkpoint checkpoint = code
                ? ours(size(carried.substring(CODE.length(), split)))
                : same(Checkpoint.parse(carried.substring(0, split + 1)));
        Accepted accepted = keep(checkpoint, carried.substring(split).lines().toList(), by);
        if (accepted.witnesses().isEmpty()) {
            throw new IllegalArgumentException("No witness of the policy signed it; known are: "
                    + String.join(
                            ", ",
                            policy.witnesses().values().stream()
                                    .map(witness -> witness.name() + " ("
                                            + witness.key().shown() + ")")
                                    .sorted()
                                    .toList()));
        }
        return accepted;
    }

    private static long size(String text) {
        if (!text.strip().matches("[1-9][0-9]{0,15}")) {
            throw new IllegalArgumentException("\"" + text.strip() + "\" is no size of a log");
        }
        return Long.parseLong(text.strip());
    }

    private Checkpoint ours(long size) {
        return ours(log.published().checkpoint().origin(), size);
    }

    private Checkpoint ours(String origin, long size) {
        return log.checkpoint(origin, size)
                .orElseThrow(() -> new IllegalArgumentException("This log has no checkpoint of " + size + " entries"));
    }

    private Checkpoint same(Checkpoint theirs) {
        if (log.shardOf(theirs.origin()).isEmpty()) {
            throw new IllegalArgumentException("That is of the log " + theirs.origin() + "; this one is "
                    + log.published().checkpoint().origin());
        }
        Checkpoint own = ours(theirs.origin(), theirs.size());
        if (!own.equals(theirs)) {
            throw new IllegalArgumentException(
                    "At " + theirs.size() + " entries this log has another root than what was"
                            + " signed: one of the two was rewritten. Keep the file, and compare with a copy of HOME/log");
        }
        return own;
    }

    private Accepted keep(Checkpoint checkpoint, List<String> lines, Principal by) {
        Map<String, Instant> signed = new TreeMap<>();
        Map<String, String> itsLine = new TreeMap<>();
        for (Witness witness : policy.witnesses().values()) {
            for (String line : lines) {
                witness.key().verified(checkpoint, line).ifPresent(time -> {
                    signed.put(witness.name(), time);
                    itsLine.put(witness.name(), line.strip() + "\n");
                });
            }
        }
        int shard = log.shardOf(checkpoint.origin()).orElseThrow();
        boolean quorum = jdbi.inTransaction(handle -> {
            signed.forEach((name, time) -> Cosignatures.keep(
                    handle, shard, checkpoint.size(), shown(name), itsLine.getOrDefault(name, ""), time));
            return noteQuorum(handle, shard, checkpoint, signed, by);
        });
        if (quorum) {
            keepLast();
        }
        return new Accepted(checkpoint.size(), List.copyOf(signed.keySet()), quorum);
    }

    private String shown(String name) {
        Witness witness = policy.witnesses().get(name);
        return witness == null ? name : witness.key().shown();
    }

    /** Whether all that signed this checkpoint, now or before, are a quorum. */
    private boolean noteQuorum(
            Handle handle, int shard, Checkpoint checkpoint, Map<String, Instant> signed, Principal by) {
        List<String> cosigners = Cosignatures.cosigners(handle, shard, checkpoint.size());
        List<String> names = policy.witnesses().values().stream()
                .filter(witness -> cosigners.contains(witness.key().shown()))
                .map(Witness::name)
                .toList();
        if (!policy.isQuorum(names)) {
            return false;
        }
        Optional<Instant> completed = signed.values().stream().max(Instant::compareTo);
        if (completed.isPresent() && Cosignatures.keepQuorum(handle, shard, checkpoint.size(), completed.get())) {
            log.append(
                    handle,
                    new EntryDraft(
                            EntryType.CHECKPOINT_WITNESSED,
                            log.nextNumber(handle),
                            by,
                            new TreeMap<>(Map.of("size", checkpoint.size())),
                            new TreeMap<>(Map.of("cosigners", cosigners, "origin", checkpoint.origin()))));
        }
        return true;
    }

    private void keepLast() {
        jdbi.withHandle(Cosignatures::last).ifPresent(last -> log.keepWitnessed(last.shard(), last.size()));
    }

    /**
     * How far the log is witnessed.
     *
     * @param last the greatest checkpoint that a quorum signed
     * @param since how long ago that was
     * @param troubles why witnesses did not sign when they were asked last, by name
     */
    public record Status(
            Optional<Witnessed> last, Optional<Duration> since, int witnesses, Map<String, String> troubles) {}

    public Status status() {
        Optional<Witnessed> last = jdbi.withHandle(Cosignatures::last);
        synchronized (troubles) {
            return new Status(
                    last,
                    last.map(witnessed -> Duration.between(witnessed.time(), clock.instant())),
                    policy.witnesses().size(),
                    new TreeMap<>(troubles));
        }
    }

    /** Lets a request in progress end. */
    @Override
    public void close() {
        ending.release();
        client.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
