package org.cartulary.compliance.evidence;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.keys.DataKeys;
import org.jdbi.v3.core.Jdbi;

/** An open log with its keys, and short ways to write into it. */
public final class LogFixture implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Jdbi jdbi;
    private final DataKeys keys;
    private final EvidenceLog log;

    private LogFixture(Jdbi jdbi, DataKeys keys, EvidenceLog log) {
        this.jdbi = jdbi;
        this.keys = keys;
        this.log = log;
    }

    public static LogFixture open(Jdbi jdbi, Path home) {
        return open(jdbi, home, step -> {});
    }

    static LogFixture open(Jdbi jdbi, Path home, Consumer<Step> reached) {
        return open(jdbi, home, Clock.systemUTC(), reached);
    }

    static LogFixture open(Jdbi jdbi, Path home, Clock clock, Consumer<Step> reached) {
        DataKeys keys = DataKeys.open(home);
        try {
            return new LogFixture(
                    jdbi, keys, EvidenceLog.open(jdbi, keys, home, clock, EvidencePolicy.STANDARD, reached));
        } catch (RuntimeException e) {
            keys.close();
            throw e;
        }
    }

    public EvidenceLog log() {
        return log;
    }

    public DataKeys keys() {
        return keys;
    }

    /** Appends an entry in a transaction of its own, under a new number. */
    public long append(EntryType type, Map<String, Object> clear, Map<String, Object> sealed) {
        return jdbi.inTransaction(handle -> log.append(handle, draft(type, log.nextNumber(handle), clear, sealed)));
    }

    public long append(EntryType type, long number, Map<String, Object> clear, Map<String, Object> sealed) {
        return jdbi.inTransaction(handle -> log.append(handle, draft(type, number, clear, sealed)));
    }

    /** A sealed entry as small as a real one gets. */
    public long appendStarted() {
        return append(EntryType.STARTED, Map.of("version", "0.1.0"), Map.of());
    }

    public long newNumber() {
        return jdbi.inTransaction(log::nextNumber);
    }

    public Receipt receipt(long entryId) {
        return log.receipt(entryId, PATIENCE);
    }

    /** Waits until the files have what receipts were had for. */
    public void awaitFiles() {
        log.published();
    }

    static EntryDraft draft(EntryType type, long number, Map<String, Object> clear, Map<String, Object> sealed) {
        return new EntryDraft(type, number, Principal.CONSOLE, new TreeMap<>(clear), new TreeMap<>(sealed));
    }

    @Override
    public void close() {
        log.close();
        keys.close();
    }
}
