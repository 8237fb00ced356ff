package org.cartulary.appliance.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.cartulary.appliance.home.DirectoryTree;
import org.cartulary.appliance.settings.SettingSource;
import org.cartulary.appliance.settings.Settings;
import org.cartulary.appliance.wiring.ScratchHome;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.models.ModelStore;
import org.cartulary.inference.supervision.InferenceConfig;

/** The benchmarks by name. */
public final class Benchmarks {
    public static final List<String> NAMES = List.of("evidence", "verify", "export", "chat", "embedding", "search");

    private Benchmarks() {}

    /**
     * Runs one in an installation of its own, which is deleted afterwards.
     *
     * @param name one of {@link #NAMES}
     * @param only with what the names of wanted findings begin; empty for all of them
     * @param search what the benchmark of search is to measure
     * @param entries how many the benchmarks of verification and of export have in a bundle, or the log has whose start is measured; at
     *     least {@link VerificationBenchmark#MIN_ENTRIES}, at most {@link #maxEntries}
     * @param heard of each finding as it is made
     */
    public static Measurements run(String name, String only, SearchPlan search, int entries, Consumer<Finding> heard) {
        Findings findings = new Findings(only, heard);
        return switch (name) {
            case "evidence" -> ScratchHome.with(parts -> EvidenceBenchmark.run(parts, entries, findings));
            case "verify" -> ScratchHome.with(parts -> VerificationBenchmark.run(parts, entries, findings));
            case "export" -> ScratchHome.with(parts -> ExportBenchmark.run(parts, entries, findings));
            case "chat" ->
                measured((cache, scratch) -> ChatBenchmark.run(
                        InferenceConfig.defaults(cache, scratch),
                        new ModelStore(cache.resolve("models")).defaultFor(ModelCard.Role.CHAT),
                        findings));
            case "embedding" -> measured((cache, scratch) -> EmbeddingBenchmark.run(cache, scratch, findings));
            case "search" -> SearchBenchmark.run(search, findings);
            default -> throw new IllegalArgumentException("There is no benchmark " + name);
        };
    }

    /** The most entries that the benchmark of this name takes. */
    public static int maxEntries(String name) {
        return name.equals("evidence") ? EvidenceBenchmark.MAX_ENTRIES : VerificationBenchmark.MAX_ENTRIES;
    }

    static String processors() {
        return Runtime.getRuntime().availableProcessors() + " processors";
    }

    private interface Measurement {
        Measurements run(Path cache, Path scratch) throws IOException;
    }

    private static Measurements measured(Measurement measurement) {
        Path cache = Settings.from(new SettingSource(variable -> null)).cache();
        try {
            Path scratch = Files.createTempDirectory("cartulary-bench-");
            try {
                return measurement.run(cache, scratch);
            } finally {
                DirectoryTree.delete(scratch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A measurement needs a temporary directory: " + e.getMessage(), e);
        }
    }
}
