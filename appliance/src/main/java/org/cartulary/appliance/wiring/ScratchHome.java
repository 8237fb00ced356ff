package org.cartulary.appliance.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.cartulary.appliance.database.Database;
import org.cartulary.appliance.home.CartularyHome;
import org.cartulary.appliance.home.DirectoryTree;
import org.cartulary.appliance.settings.SettingSource;
import org.cartulary.appliance.settings.Settings;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.Reranker;
import org.cartulary.retrieval.Retrieval;
import org.cartulary.retrieval.evaluation.Evaluation;
import org.cartulary.retrieval.index.Embedders;
import org.cartulary.retrieval.search.RerankPolicy;
import org.jdbi.v3.core.Jdbi;

/** An installation for one measurement, with the embedded PostgreSQL, in a directory that is deleted afterwards. */
public final class ScratchHome {
    private ScratchHome() {}

    /** What a measurement gets. */
    public record Parts(Path home, Settings settings, Jdbi jdbi, DataKeys keys, EvidenceLog evidence, Clock clock) {
        /** The product's own retrieval here. */
        Retrieval retrieval(Embedder embedder, Supplier<Optional<Reranker>> rerankers, RerankPolicy reranking) {
            return Retrieval.open(new Retrieval.Foundation(
                    jdbi,
                    home,
                    clock,
                    Embedders.only(embedder),
                    evidence,
                    Authority.on(evidence, clock),
                    keys,
                    Evaluation.chunkerVersion(),
                    rerankers,
                    reranking));
        }
    }

    /** Runs a measurement and leaves nothing of it behind. */
    public static <T> T with(Function<Parts, T> measurement) {
        Settings settings = Settings.from(new SettingSource(name -> null));
        try {
            Path home = CartularyHome.ownerOnly(Files.createTempDirectory("cartulary-scratch-"));
            Thread interrupted = Thread.ofPlatform().unstarted(() -> discard(home));
            Runtime.getRuntime().addShutdownHook(interrupted);
            T result;
            try {
                result = open(home, settings, measurement);
            } finally {
                DirectoryTree.delete(home);
            }
            Runtime.getRuntime().removeShutdownHook(interrupted);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException("A measurement needs a temporary directory: " + e.getMessage(), e);
        }
    }

    /**
     * Runs a measurement in a directory that stays, so that the next one finds what this one made.
     *
     * @param directory made where it is absent
     */
    public static <T> T in(Path directory, Function<Parts, T> measurement) {
        try (CartularyHome home = CartularyHome.hold(directory)) {
            return open(home.directory(), Settings.from(new SettingSource(name -> null)), measurement);
        }
    }

    /** After an interruption: the database stops with this process, and what is in use until then may stay. */
    private static void discard(Path home) {
        try {
            DirectoryTree.delete(home);
        } catch (IOException e) {
            System.err.println("cartulary: " + home + " could not be removed: " + e.getMessage());
        }
    }

    private static <T> T open(Path home, Settings settings, Function<Parts, T> measurement) {
        Clock clock = Clock.systemUTC();
        try (Database database =
                        Database.open(settings.database(), Modules.postgres(settings), home.resolve("postgresql"));
                DataKeys keys = DataKeys.open(home);
                EvidenceLog evidence = EvidenceLog.open(database.jdbi(), keys, home, clock)) {
            return measurement.apply(new Parts(home, settings, database.jdbi(), keys, evidence, clock));
        }
    }
}
