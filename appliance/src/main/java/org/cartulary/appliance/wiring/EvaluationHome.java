package org.cartulary.appliance.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.cartulary.appliance.database.Database;
import org.cartulary.appliance.home.CartularyHome;
import org.cartulary.appliance.home.DirectoryTree;
import org.cartulary.appliance.settings.SettingSource;
import org.cartulary.appliance.settings.Settings;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.inference.supervision.InferenceConfig;
import org.cartulary.inference.supervision.InferenceWorkers;
import org.cartulary.retrieval.Retrieval;
import org.cartulary.retrieval.evaluation.Evaluation;
import org.cartulary.retrieval.evaluation.EvaluationReport;

/** An installation for one evaluation: the product's own retrieval in a directory that is deleted afterwards. */
public final class EvaluationHome {
    private EvaluationHome() {}

    /**
     * Indexes and measures a set.
     *
     * @param set holds {@code corpus.jsonl}, {@code queries.jsonl} and {@code qrels.tsv}
     */
    public static EvaluationReport run(Path set) {
        Settings settings = Settings.from(new SettingSource(name -> null));
        try {
            Path home = CartularyHome.ownerOnly(Files.createTempDirectory("cartulary-eval-"));
            try {
                return measure(set, home, settings);
            } finally {
                DirectoryTree.delete(home);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The evaluation needs a temporary directory: " + e.getMessage(), e);
        }
    }

    private static EvaluationReport measure(Path set, Path home, Settings settings) {
        Clock clock = Clock.systemUTC();
        InferenceConfig config = InferenceConfig.defaults(settings.cache(), home.resolve("inference"))
                .withChat(null);
        try (InferenceWorkers inference = InferenceWorkers.start(config);
                Database database =
                        Database.open(settings.database(), Modules.postgres(settings), home.resolve("postgresql"));
                DataKeys keys = DataKeys.open(home);
                EvidenceLog evidence = EvidenceLog.open(database.jdbi(), keys, home, clock);
                Retrieval retrieval = Retrieval.open(new Retrieval.Foundation(
                        database.jdbi(),
                        home,
                        clock,
                        inference.embedder(),
                        evidence,
                        keys,
                        Evaluation.chunkerVersion()))) {
            return new Evaluation(retrieval, inference.embedder()).run(set);
        }
    }
}
