package org.cartulary.appliance.wiring;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cartulary.appliance.asking.QuestionLog;
import org.cartulary.appliance.cli.Version;
import org.cartulary.appliance.database.Database;
import org.cartulary.appliance.home.CartularyHome;
import org.cartulary.appliance.restore.Finishing;
import org.cartulary.appliance.settings.Settings;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.evidence.EvidenceUnavailable;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.timestamp.Timestamps;
import org.cartulary.compliance.witness.WitnessPolicy;
import org.cartulary.compliance.witness.Witnesses;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.models.ModelRefused;
import org.cartulary.inference.models.ModelRegistry;
import org.cartulary.inference.supervision.InferenceConfig;
import org.cartulary.inference.supervision.InferenceWorkers;
import org.cartulary.ingest.Ingest;
import org.cartulary.ingest.IngestSettings;
import org.cartulary.retrieval.Retrieval;
import org.cartulary.retrieval.generation.Generations;
import org.cartulary.retrieval.index.Embedders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every module of a running appliance, opened in the order in which they need one another and closed in reverse. Nothing
 * listens while this is not open. Thread-safe once open.
 */
public final class Modules implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Modules.class);

    /** Chats that share each step of the model; more wait in the queue. Each holds a context window of memory. */
    private static final int CHATS_AT_ONCE = 8;

    /** How often a start that could not go on record is tried to. */
    private static final long LATE_SECONDS = 2;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Database database;
    private final EvidenceLog evidence;
    private final Witnesses witnesses;
    private final Timestamps timestamps;
    private final Authority authority;
    private final DataKeys keys;
    private final QuestionLog questions;
    private final ModelRegistry models;
    private final InferenceWorkers inference;
    private final Retrieval retrieval;
    private final Ingest ingest;

    private Modules(Path home, Path run, Settings settings, Clock clock) {
        try {
            WitnessPolicy policy = settings.witnesses().read(home);
            Timestamps.Source stamping = settings.timestamps().read(home);
            // The workers first: they load models while the database starts.
            this.models =
                    ModelRegistry.open(home.resolve("models"), settings.cache().resolve("models"));
            this.inference = keep(InferenceWorkers.start(inference(models, settings, run)));
            this.database = keep(Database.open(settings.database(), postgres(settings), home.resolve("postgresql")));
            this.keys = keep(DataKeys.open(home, System.getenv()));
            this.evidence = keep(EvidenceLog.open(database.jdbi(), keys, home, clock, settings.evidence()));
            this.witnesses = keep(new Witnesses(
                    database.jdbi(),
                    evidence,
                    policy,
                    clock,
                    settings.witnesses().every()));
            this.timestamps = keep(new Timestamps(
                    database.jdbi(),
                    evidence,
                    stamping,
                    clock,
                    settings.timestamps().every()));
            this.authority = Authority.on(evidence, clock);
            this.questions = new QuestionLog(database.jdbi(), evidence);
            IngestSettings intake = IngestSettings.defaults().withMaxFileBytes(settings.maxFileBytes());
            this.retrieval = keep(Retrieval.open(new Retrieval.Foundation(
                    database.jdbi(),
                    home,
                    clock,
                    embedders(),
                    evidence,
                    authority,
                    keys,
                    intake.chunkerVersion(),
                    inference::reranker,
                    settings.reranking())));
            this.ingest = keep(new Ingest(
                    new Ingest.Foundation(database.jdbi(), home, clock, inference.embedder(), retrieval), intake));
        } catch (RuntimeException e) {
            closeAll();
            throw e;
        }
    }

    /** The index says which embedder serves; a choice that was not noted when it was switched to is noted now. */
    private Embedders embedders() {
        WorkerEmbedders embedders = new WorkerEmbedders(models, inference);
        database.jdbi()
                .withHandle(Generations::active)
                .ifPresent(active -> embedders.follow(active.recipe().embedderSha256()));
        return embedders;
    }

    /**
     * Opens everything on a home.
     *
     * @throws RuntimeException of the module that could not be opened, after what was open is closed; its message says
     *     what to do
     */
    public static Modules open(CartularyHome home, Settings settings, Clock clock) {
        return open(home.directory(), home.run(), settings, clock);
    }

    static Modules open(Path home, Path run, Settings settings, Clock clock) {
        Modules modules = new Modules(home, run, settings, clock);
        try {
            modules.finishRestore(clock);
            modules.begin(settings);
            modules.witnesses.start();
            modules.timestamps.start();
            modules.ingest.start();
            modules.retrieval.builder().start(modules.ingest::cutAgain);
            return modules;
        } catch (RuntimeException e) {
            modules.closeAll();
            throw e;
        }
    }

    /** Puts the start on record; where only the library is open, as soon as that can be done. */
    private void begin(Settings settings) {
        List<Long> interrupted = questions.withoutEnd();
        try {
            begin(interrupted);
        } catch (EvidenceUnavailable e) {
            if (settings.evidence().libraryBytes() == 0) {
                throw e;
            }
            LOG.error("Nothing is answered, and only the library is open: {}", e.getMessage());
            ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("late-beginning").factory());
            keep(later::shutdownNow);
            Future<?> trying = later.scheduleWithFixedDelay(
                    () -> beginLate(interrupted, later), LATE_SECONDS, LATE_SECONDS, TimeUnit.SECONDS);
            LOG.debug("The start goes on record later: {}", trying);
        }
    }

    private void begin(List<Long> interrupted) {
        questions.endInterrupted(interrupted);
        evidence.recordCertificate(database.jdbi());
        record(EntryType.STARTED);
    }

    private void beginLate(List<Long> interrupted, ScheduledExecutorService later) {
        try {
            begin(interrupted);
            LOG.info("The log can be written again, and questions are answered");
            later.shutdown();
        } catch (RuntimeException e) {
            LOG.debug("The log cannot be written yet: {}", e.getMessage());
        }
    }

    /** Before anything else is written, and before originals that belong to no document are removed. */
    private void finishRestore(Clock clock) {
        new Finishing(database.jdbi(), evidence, witnesses, retrieval.writer(), keys, clock).run();
    }

    public Database database() {
        return database;
    }

    public EvidenceLog evidence() {
        return evidence;
    }

    public Witnesses witnesses() {
        return witnesses;
    }

    public Timestamps timestamps() {
        return timestamps;
    }

    public Authority authority() {
        return authority;
    }

    public DataKeys keys() {
        return keys;
    }

    public QuestionLog questions() {
        return questions;
    }

    public ModelRegistry models() {
        return models;
    }

    public InferenceWorkers inference() {
        return inference;
    }

    public Retrieval retrieval() {
        return retrieval;
    }

    public Ingest ingest() {
        return ingest;
    }

    private static InferenceConfig inference(ModelRegistry models, Settings settings, Path run) {
        InferenceConfig standard = InferenceConfig.defaults(settings.cache(), run.resolve("inference"));
        int chatThreads = settings.inferenceThreads() == 0 ? standard.chatThreads() : settings.inferenceThreads();
        return chosen(models, standard)
                .withSizes(settings.contextTokens(), CHATS_AT_ONCE, standard.queueLength())
                .withThreads(chatThreads, standard.embeddingThreads());
    }

    /** The operator's choices in place of defaults. One that is not there leaves its role empty: nothing stands in. */
    private static InferenceConfig chosen(ModelRegistry models, InferenceConfig standard) {
        InferenceConfig config = standard;
        Map<ModelCard.Role, String> absences = new EnumMap<>(ModelCard.Role.class);
        for (ModelCard.Role role : ModelCard.Role.values()) {
            if (models.isChosen(role)) {
                try {
                    config = config.with(role, models.serving(role));
                } catch (ModelRefused e) {
                    config = config.with(role, null);
                    absences.put(role, String.valueOf(e.getMessage()));
                }
            }
        }
        return config.withAbsences(absences);
    }

    static Path postgres(Settings settings) {
        return settings.cache().resolve("postgresql").resolve("17.11.0");
    }

    private void record(EntryType type) {
        TreeMap<String, Object> clear = new TreeMap<>();
        clear.put("version", Version.current());
        database.jdbi()
                .useTransaction(handle -> evidence.append(
                        handle,
                        new EntryDraft(type, evidence.nextNumber(handle), Principal.CONSOLE, clear, new TreeMap<>())));
    }

    private <T extends AutoCloseable> T keep(T part) {
        opened.push(part);
        return part;
    }

    @Override
    public void close() {
        try {
            record(EntryType.STOPPED);
        } catch (RuntimeException e) {
            LOG.error("The stop is not on record; everything is closed all the same", e);
        } finally {
            closeAll();
        }
    }

    /** In reverse order; a part that fails to close does not keep the others open. */
    private void closeAll() {
        for (AutoCloseable part : opened) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.error("{} did not close", part.getClass().getSimpleName(), e);
            }
        }
    }
}
