package org.cartulary.appliance.bench;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.jdbi.v3.core.Jdbi;

/**
 * What being on record costs: one writer's durable entries against as many bare commits of rows of the same size, in the
 * same database. Leaf, encrypted payload, key and its own sync are in our side only.
 */
final class EvidenceBenchmark {
    private static final int COMMITS = 200;
    private static final String QUESTION = "How long do we have to keep the logs that visitors fill in? ".repeat(4);

    private final Jdbi jdbi;
    private final EvidenceLog log;

    EvidenceBenchmark(Jdbi jdbi, EvidenceLog log) {
        this.jdbi = jdbi;
        this.log = log;
        jdbi.useHandle(
                handle -> handle.execute(
                        "CREATE TABLE public.bare_commits (id bigint GENERATED ALWAYS AS IDENTITY, leaf bytea, payload bytea)"));
    }

    Comparison run() {
        return Comparison.of(
                "evidence-append",
                "milliseconds per commit",
                new Comparison.Measured("a durable entry of the log, one writer", () -> each(this::entry)),
                new Comparison.Measured("a bare commit of a row of the same size", () -> each(this::bare)));
    }

    private static double each(Runnable commit) {
        long began = System.nanoTime();
        for (int i = 0; i < COMMITS; i++) {
            commit.run();
        }
        return (System.nanoTime() - began) / 1e6 / COMMITS;
    }

    private void entry() {
        SortedMap<String, Object> clear = new TreeMap<>(Map.of("act", "ask"));
        SortedMap<String, Object> sealed = new TreeMap<>(Map.of("question", QUESTION, "collection", "bench"));
        jdbi.useTransaction(handle -> log.append(
                handle, new EntryDraft(EntryType.ASKED, log.nextNumber(handle), Principal.CONSOLE, clear, sealed)));
    }

    private void bare() {
        jdbi.useTransaction(handle -> handle.createUpdate(
                        "INSERT INTO public.bare_commits (leaf, payload) VALUES (:leaf, :payload)")
                .bind("leaf", new byte[400])
                .bind("payload", new byte[700])
                .execute());
    }
}
