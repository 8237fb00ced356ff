package org.cartulary.appliance.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cartulary.appliance.home.VerifierJar;
import org.cartulary.appliance.wiring.ScratchHome;
import org.cartulary.compliance.bundle.BundleExporter;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.jdbi.v3.core.Handle;

/**
 * What checking evidence costs: the standalone verifier, each time in a new process that starts from nothing, against
 * {@code sha256sum} over the same bytes, which lie in the page cache for both. The log is a real one, of questions of three
 * entries each, all of them disclosed.
 */
public final class VerificationBenchmark {
    public static final int MIN_ENTRIES = 1_000;

    /** The most that one bundle discloses. */
    public static final int MAX_ENTRIES = (int) BundleExporter.MAX_ENTRIES;

    private static final int ENTRIES_OF_A_QUESTION = 3;
    private static final int QUESTIONS_A_COMMIT = 300;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String PROMPT = "Answer from the numbered sources only. ".repeat(20);
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    private final ScratchHome.Parts parts;
    private final int entries;
    private final Path key;

    private VerificationBenchmark(ScratchHome.Parts parts, int entries) {
        this.parts = parts;
        this.entries = entries;
        this.key = parts.home().resolve("log").resolve("log.vkey");
    }

    static Measurements run(ScratchHome.Parts parts, int entries, Findings findings) {
        return new VerificationBenchmark(parts, entries).measured(findings);
    }

    private Measurements measured(Findings findings) {
        fill(parts, entries);
        EvidenceLog log = parts.evidence();
        Path bundle = parts.home().resolve("bundle.zip");
        new BundleExporter(log, parts.clock()).export(bundle, 0, entries);
        Path logged = parts.home().resolve("log");
        compare(findings, "verify-bundle", List.of("verify", bundle.toString()), List.of(bundle.toString()));
        compare(findings, "verify-log", List.of("fsck", logged.toString()), files(logged.resolve("tile")));
        return findings.on(Benchmarks.processors());
    }

    /** Both sides, and as a figure how many entries a second that is. */
    private void compare(Findings findings, String name, List<String> verifier, List<String> files) {
        List<Comparison> made = new ArrayList<>(1);
        findings.add(name, () -> {
            Comparison comparison = Comparison.of(
                    name,
                    "seconds for " + entries + " entries",
                    new Comparison.Measured(
                            "the verifier, its start included", () -> seconds(VerifierJar.command(verifier, key))),
                    new Comparison.Measured("sha256sum of the same bytes", () -> seconds(sha256sum(files))));
            made.add(comparison);
            return comparison;
        });
        for (Comparison comparison : made) {
            Comparison.Side side = comparison.ours();
            findings.add(
                    name + "-rate",
                    () -> new Figure(
                            name + "-rate",
                            "entries a second",
                            entries / side.median(),
                            entries / side.largest(),
                            entries / side.smallest(),
                            comparison.pairs()));
        }
    }

    /** Writes entries, questions of three each, and waits until all are published. */
    static void fill(ScratchHome.Parts parts, int entries) {
        EvidenceLog log = parts.evidence();
        long last = 0;
        for (int written = 0; written < entries; ) {
            int from = written;
            int to = Math.min(entries, from + QUESTIONS_A_COMMIT * ENTRIES_OF_A_QUESTION);
            last = parts.jdbi().inTransaction(handle -> {
                long id = 0;
                long number = 0;
                for (int i = from; i < to; i++) {
                    number = i % ENTRIES_OF_A_QUESTION == 0 ? log.nextNumber(handle) : number;
                    id = append(log, handle, number, i);
                }
                return id;
            });
            written = to;
        }
        log.receipt(last, PATIENCE);
    }

    private static long append(EvidenceLog log, Handle handle, long number, int index) {
        return switch (index % ENTRIES_OF_A_QUESTION) {
            case 0 ->
                log.append(
                        handle,
                        draft(
                                EntryType.ASKED,
                                number,
                                Map.of("act", "ask"),
                                Map.of("question", "What is the dose of drug " + index + "?")));
            case 1 ->
                log.append(
                        handle,
                        draft(
                                EntryType.RETRIEVED,
                                number,
                                Map.of("hits", 8L, "policyVersion", 7L, "filterDigest", DIGEST, "model", DIGEST),
                                Map.of("prompt", PROMPT + index)));
            default ->
                log.append(
                        handle,
                        draft(
                                EntryType.ANSWERED,
                                number,
                                Map.of("policyVersion", 7L, "model", DIGEST),
                                Map.of("answer", "The dose is " + index + " mg, at most four times a day [1].")));
        };
    }

    private static EntryDraft draft(
            EntryType type, long number, Map<String, Object> clear, Map<String, Object> sealed) {
        SortedMap<String, Object> open = new TreeMap<>(clear);
        return new EntryDraft(type, number, Principal.CONSOLE, open, new TreeMap<>(sealed));
    }

    private static List<String> files(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).map(Path::toString).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> sha256sum(List<String> files) {
        List<String> command = new ArrayList<>(List.of("sha256sum"));
        command.addAll(files);
        return command;
    }

    private static double seconds(List<String> command) {
        long began = System.nanoTime();
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.onExit().join().exitValue();
            if (exit != 0) {
                throw new IllegalStateException(command.getFirst() + " ended with " + exit + ": " + said.strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    command.getFirst() + " could not be run, which this measurement needs: " + e.getMessage(), e);
        }
        return (System.nanoTime() - began) / 1e9;
    }
}
