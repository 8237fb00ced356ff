package org.cartulary.appliance.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cartulary.appliance.wiring.ScratchHome;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.jdbi.v3.core.Jdbi;

/**
 * What being on record costs: entries, and whole questions with their receipts, against as many bare commits of rows of the
 * same bytes in the same database; and how long a proof is and a start takes where the log is long. Leaf, encrypted payload, its key,
 * mentions, the signed tree and all its files are in our side only.
 */
final class EvidenceBenchmark {
    /** The most entries that a start is measured with. */
    static final int MAX_ENTRIES = 10_000_000;

    private static final List<Integer> WRITERS = List.of(1, 8, 64);
    private static final int ENTRIES_A_ROUND = 256;
    private static final int QUESTIONS_A_ROUND = 128;
    private static final int FILLED_AT_ONCE = 100_000;
    private static final int WAITING_AT_A_CRASH = 1024;
    private static final int STARTS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String QUESTION = "How long do we have to keep the logs that visitors fill in? ".repeat(4);
    private static final String PROMPT = "Answer from the numbered sources only. ".repeat(20);
    private static final String ANSWER = "Visitors' logs are kept for five years [1]. ".repeat(4);
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    private final ScratchHome.Parts parts;
    private final Jdbi jdbi;
    private final EvidenceLog log;

    private EvidenceBenchmark(ScratchHome.Parts parts) {
        this.parts = parts;
        this.jdbi = parts.jdbi();
        this.log = parts.evidence();
    }

    /**
     * Measures all of it.
     *
     * @param entries of the log whose start is measured; 1 to {@value #MAX_ENTRIES}
     */
    static Measurements run(ScratchHome.Parts parts, int entries, Findings findings) {
        EvidenceBenchmark benchmark = new EvidenceBenchmark(parts);
        benchmark.makeBareTable();
        for (int writers : WRITERS) {
            String name = "evidence-entries-" + writers;
            findings.add(name, () -> benchmark.entries(name, writers));
        }
        for (int writers : WRITERS) {
            String name = "evidence-questions-" + writers;
            findings.add(name, () -> benchmark.questions(name, writers));
        }
        benchmark.start(entries, findings);
        return findings.on(Benchmarks.processors());
    }

    /** The columns of an entry, with its primary key and without the indexes by which a log is read. */
    private void makeBareTable() {
        jdbi.useHandle(handle -> {
            handle.execute("CREATE TABLE public.bare_entry (LIKE compliance.entry, PRIMARY KEY (id))");
            handle.execute("CREATE SEQUENCE public.bare_id");
        });
    }

    private EvidenceLoad entries(String name, int writers) {
        return EvidenceRounds.of(
                name,
                writers,
                Math.max(4, ENTRIES_A_ROUND / writers),
                "a durable entry of the log",
                () -> append(EntryType.ASKED, Map.of("act", "ask"), Map.of("question", QUESTION)),
                "a bare commit of the same bytes",
                () -> bare(400, 500));
    }

    private EvidenceLoad questions(String name, int writers) {
        return EvidenceRounds.of(
                name,
                writers,
                Math.max(4, QUESTIONS_A_ROUND / writers),
                "asked, retrieved, answered, and the receipt",
                this::question,
                "four bare commits of the same bytes",
                () -> {
                    bare(400, 500);
                    bare(700, 1000);
                    bare(500, 400);
                    bare(500, 400);
                });
    }

    private void question() {
        long number = jdbi.inTransaction(handle -> {
            long given = log.nextNumber(handle);
            log.append(handle, draft(EntryType.ASKED, given, Map.of("act", "ask"), Map.of("question", QUESTION)));
            return given;
        });
        append(
                EntryType.RETRIEVED,
                number,
                Map.of("hits", 8L, "policyVersion", 7L, "filterDigest", DIGEST, "model", DIGEST),
                Map.of("prompt", PROMPT));
        long ended = append(
                EntryType.ANSWERED, number, Map.of("policyVersion", 7L, "model", DIGEST), Map.of("answer", ANSWER));
        log.receipt(ended, PATIENCE);
    }

    /** Under a new number, which is had in the transaction of the entry. */
    private long append(EntryType type, Map<String, Object> clear, Map<String, Object> sealed) {
        return jdbi.inTransaction(handle -> log.append(handle, draft(type, log.nextNumber(handle), clear, sealed)));
    }

    private long append(EntryType type, long number, Map<String, Object> clear, Map<String, Object> sealed) {
        return jdbi.inTransaction(handle -> log.append(handle, draft(type, number, clear, sealed)));
    }

    private static EntryDraft draft(
            EntryType type, long number, Map<String, Object> clear, Map<String, Object> sealed) {
        SortedMap<String, Object> open = new TreeMap<>(clear);
        return new EntryDraft(type, number, Principal.CONSOLE, open, new TreeMap<>(sealed));
    }

    private void bare(int leafBytes, int payloadBytes) {
        jdbi.useTransaction(handle -> handle.createUpdate("""
                        INSERT INTO public.bare_entry
                            (id, shard, number, type, recorded_at, actor, leaf, leaf_hash, key_id, payload)
                        VALUES (nextval('public.bare_id'), 1, 1, 'asked', now(), 'AAAAAAAAAAAAAAAAAAAAAA', :leaf,
                            :hash, 1, :payload)""")
                .bind("leaf", new byte[leafBytes])
                .bind("hash", new byte[32])
                .bind("payload", new byte[payloadBytes])
                .execute());
    }

    /** Fills the log, and starts it again and again: as it was stopped, and as a crash leaves it. */
    private void start(int entries, Findings findings) {
        findings.add("evidence-fill-" + entries, () -> fill(entries));
        long last = log.status().size();
        findings.add(
                "evidence-proof-bytes",
                () -> Figure.of("evidence-proof-bytes", "bytes of a proof in a log of " + last, 1, this::proofBytes));
        log.close();
        String name = "evidence-start-" + entries;
        findings.add(name, () -> Figure.of(name, "seconds, after a stop", STARTS, this::secondsOfAStart));
        String crashed = "evidence-recovery-" + entries;
        findings.add(
                crashed,
                () -> Figure.of(crashed, "seconds, with " + WAITING_AT_A_CRASH + " entries waiting", STARTS, () -> {
                    insert(WAITING_AT_A_CRASH);
                    return secondsOfAStart();
                }));
    }

    /** Entries of the shape of real ones, but without payloads, inserted in bulk and integrated by the log itself. */
    private Figure fill(int entries) {
        long before = log.status().size();
        return Figure.of("evidence-fill-" + entries, "entries a second, integrated in bulk", 1, () -> {
            long began = System.nanoTime();
            long last = 0;
            for (long at = before; at < entries; at += FILLED_AT_ONCE) {
                last = insert((int) Math.min(FILLED_AT_ONCE, entries - at));
            }
            if (last > 0) {
                log.receipt(append(EntryType.STARTED, Map.of("version", "0.1.0"), Map.of()), PATIENCE);
            }
            return (entries - before) / ((System.nanoTime() - began) / 1e9);
        });
    }

    private long insert(int count) {
        String leaf = "{\"" + "entry of a log that was filled in bulk ".repeat(9) + "\":";
        return jdbi.withHandle(handle -> handle.createQuery("""
                        WITH made AS (
                            SELECT nextval('compliance.entry_id') AS id, nextval('compliance.number') AS number
                            FROM generate_series(1, :count)),
                        filled AS (
                            INSERT INTO compliance.entry (id, shard, number, type, recorded_at, actor, leaf, leaf_hash)
                            SELECT id, 1, number, 'started', now(), 'AAAAAAAAAAAAAAAAAAAAAA', leaf,
                                sha256('\\x00'::bytea || leaf)
                            FROM (SELECT id, number, :leaf || convert_to(id || '}', 'UTF8') AS leaf FROM made) AS leaves
                            RETURNING id)
                        SELECT max(id) FROM filled""")
                .bind("count", count)
                .bind("leaf", leaf.getBytes(StandardCharsets.UTF_8))
                .mapTo(Long.class)
                .one());
    }

    private double proofBytes() {
        long id = append(EntryType.STARTED, Map.of("version", "0.1.0"), Map.of());
        return log.receipt(id, PATIENCE).proof().getBytes(StandardCharsets.UTF_8).length;
    }

    private double secondsOfAStart() {
        long began = System.nanoTime();
        try (EvidenceLog again = EvidenceLog.open(jdbi, parts.keys(), parts.home(), parts.clock())) {
            double seconds = (System.nanoTime() - began) / 1e9;
            again.requireWritable();
            return seconds;
        }
    }
}
