package org.cartulary.appliance.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cartulary.appliance.home.VerifierJar;
import org.cartulary.appliance.wiring.ScratchHome;
import org.cartulary.compliance.bundle.BundleExporter;

/**
 * What a bundle costs: written by the exporter, with as many bytes written raw and synced beside it, and verified by the
 * standalone verifier in a process of its own with a small heap; and the memory that both took at most.
 */
final class ExportBenchmark {
    private static final int VERIFIER_HEAP_MIB = 256;
    private static final double MIB = 1024.0 * 1024.0;
    private static final int SAMPLE_MILLIS = 20;

    private final ScratchHome.Parts parts;
    private final int entries;
    private final Path bundle;

    private ExportBenchmark(ScratchHome.Parts parts, int entries) {
        this.parts = parts;
        this.entries = entries;
        this.bundle = parts.home().resolve("bundle.zip");
    }

    static Measurements run(ScratchHome.Parts parts, int entries, Findings findings) {
        try {
            return new ExportBenchmark(parts, entries).measured(findings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Measurements measured(Findings findings) throws IOException {
        VerificationBenchmark.fill(parts, entries);
        BundleExporter exporter = new BundleExporter(parts.evidence(), parts.clock());
        int runs = entries <= 100_000 ? 3 : 1;
        List<Double> exported = new ArrayList<>();
        List<Double> raw = new ArrayList<>();
        List<Double> heap = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            System.gc();
            heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
            exported.add(seconds(() -> exporter.export(bundle, 0, entries)));
            heap.add(heapPools().stream()
                            .mapToLong(pool -> pool.getPeakUsage().getUsed())
                            .sum()
                    / MIB);
            raw.add(seconds(() -> writeRaw(Files.size(bundle))));
        }
        double megabytes = Files.size(bundle) / 1e6;
        add(findings, "bundle-size", "MB", List.of(megabytes));
        add(findings, "export", "seconds for " + entries + " entries", exported);
        add(
                findings,
                "export-rate",
                "entries a second",
                exported.stream().map(s -> entries / s).toList());
        add(
                findings,
                "export-throughput",
                "MB a second",
                exported.stream().map(s -> megabytes / s).toList());
        add(
                findings,
                "raw-throughput",
                "MB a second, the same number of bytes written and synced",
                raw.stream().map(s -> megabytes / s).toList());
        add(
                findings,
                "export-peak-heap",
                "MiB of heap in use at most, garbage included (limit "
                        + Math.round(Runtime.getRuntime().maxMemory() / MIB) + ")",
                heap);
        verify(findings, runs);
        return findings.on(Benchmarks.processors());
    }

    private void verify(Findings findings, int runs) throws IOException {
        List<Double> verified = new ArrayList<>();
        List<Double> memory = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            verified.add(seconds(() -> memory.add(verified() / MIB)));
        }
        add(findings, "verify", "seconds for " + entries + " entries, start included", verified);
        add(
                findings,
                "verify-rate",
                "entries a second",
                verified.stream().map(s -> entries / s).toList());
        add(
                findings,
                "verify-peak-memory",
                "MiB of memory that is no file's at most, with a heap of at most " + VERIFIER_HEAP_MIB,
                memory);
    }

    private static void add(Findings findings, String name, String unit, List<Double> values) {
        int[] next = {0};
        findings.add(name, () -> Figure.of(name, unit, values.size(), () -> values.get(next[0]++)));
    }

    /** Verifies in a process of its own; the bytes of anonymous memory that it had at most. */
    private long verified() throws IOException {
        List<String> command = new ArrayList<>(VerifierJar.command(
                List.of("verify", bundle.toString()),
                parts.home().resolve("log").resolve("log.vkey")));
        command.add(1, "-Xmx" + VERIFIER_HEAP_MIB + "m");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        long most = 0;
        try {
            while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS)) {
                most = Math.max(most, anonymousBytes(process.pid()));
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The measurement was interrupted", e);
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException("The verifier ended with " + process.exitValue());
        }
        return most;
    }

    private static long anonymousBytes(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("RssAnon:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        } catch (IOException e) {
            return 0; // it ended between the look and the reading
        }
    }

    private void writeRaw(long length) throws IOException {
        Path file = parts.home().resolve("raw");
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocate(1 << 18);
            for (long left = length; left > 0; left -= block.limit()) {
                block.clear().limit((int) Math.min(left, block.capacity()));
                while (block.hasRemaining()) {
                    out.write(block);
                }
            }
            out.force(true);
        }
        Files.delete(file);
    }

    private static List<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    private interface Step {
        void run() throws IOException;
    }

    private static double seconds(Step step) throws IOException {
        long began = System.nanoTime();
        step.run();
        return (System.nanoTime() - began) / 1e9;
    }
}
