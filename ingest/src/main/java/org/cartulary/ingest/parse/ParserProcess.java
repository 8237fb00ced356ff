package org.cartulary.ingest.parse;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.tika.config.TikaTaskTimeout;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.pipes.FetchEmitTuple;
import org.apache.tika.pipes.HandlerConfig;
import org.apache.tika.pipes.PipesClient;
import org.apache.tika.pipes.PipesConfigBase;
import org.apache.tika.pipes.PipesResult;
import org.apache.tika.pipes.emitter.EmitKey;
import org.apache.tika.pipes.fetcher.FetchKey;
import org.apache.tika.sax.BasicContentHandlerFactory;

/**
 * One parser process and Tika's client for it. Tika starts it with the first parse, and again after a crash, a time-out
 * or {@link ParserLimits#filesPerProcess} parses; it ends itself after five idle minutes and is killed when this JVM dies.
 *
 * <p>What Tika's client lacks and this class adds: an end to waiting for a process that never starts or stops answering
 * pings (the client would wait for ever), and one thread for all of it, because the kernel's death signal follows the
 * thread that started the process. Not thread-safe: one parse at a time.
 */
final class ParserProcess implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration IDLE = Duration.ofMinutes(5);
    private final ParserLimits limits;
    private final WorkerDirectory directory;
    private final PipesConfigBase configuration;
    private final ExecutorService thread;
    private PipesClient client;

    ParserProcess(String name, WorkerDirectory directory, ParserLimits limits) {
        this.limits = limits;
        this.directory = directory;
        this.configuration = configuration(directory, limits);
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
        this.client = new PipesClient(configuration);
    }

    WorkerDirectory directory() {
        return directory;
    }

    /**
     * Parses the file of that name in the inbox.
     *
     * @throws ParserDown when no process could be started or it no longer answers
     */
    PipesResult parse(String fileName, Duration time) throws InterruptedException {
        FetchEmitTuple tuple = tuple(fileName, time);
        Future<PipesResult> result = thread.submit(() -> client.process(tuple));
        try {
            return result.get(time.plus(START_PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            restart();
            throw new ParserDown("No parser process could be started. " + directory.lastErrors(), e);
        } catch (TimeoutException e) {
            restart();
            throw new ParserDown("The parser process stopped answering. " + directory.lastErrors(), e);
        } catch (InterruptedException e) {
            restart();
            throw e;
        }
    }

    /** Ends the process, if there is one; the next parse starts another. */
    void restart() {
        close(client);
        client = new PipesClient(configuration);
    }

    @Override
    public void close() {
        close(client);
        thread.shutdownNow();
    }

    private static void close(PipesClient client) {
        try {
            client.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private FetchEmitTuple tuple(String fileName, Duration time) {
        ParseContext context = new ParseContext();
        context.set(TikaTaskTimeout.class, new TikaTaskTimeout(time.toMillis()));
        context.set(
                HandlerConfig.class,
                new HandlerConfig(
                        BasicContentHandlerFactory.HANDLER_TYPE.XML,
                        HandlerConfig.PARSE_MODE.RMETA,
                        limits.maxCharacters(),
                        limits.maxEmbedded(),
                        true));
        return new FetchEmitTuple(
                UUID.randomUUID().toString(),
                new FetchKey(TikaConfiguration.FETCHER, fileName),
                new EmitKey(),
                new Metadata(),
                context);
    }

    private static PipesConfigBase configuration(WorkerDirectory directory, ParserLimits limits) {
        PipesConfigBase configuration = new PipesConfigBase();
        configuration.setTikaConfig(directory.configuration());
        configuration.setJavaPath(directory.launcher().toString());
        configuration.setForkedJvmArgs(jvmArguments(directory, limits));
        configuration.setTimeoutMillis(limits.maxTime().toMillis());
        configuration.setStartupTimeoutMillis(START_PATIENCE.toMillis());
        configuration.setSleepOnStartupTimeoutMillis(START_PATIENCE.toMillis());
        configuration.setShutdownClientAfterMillis(IDLE.toMillis());
        configuration.setMaxFilesProcessedPerProcess(limits.filesPerProcess());
        // All output comes back through the pipe: nothing is written for another process to pick up.
        configuration.setMaxForEmitBatchBytes(-1);
        return configuration;
    }

    private static List<String> jvmArguments(WorkerDirectory directory, ParserLimits limits) {
        List<String> arguments = new ArrayList<>(List.of(
                "-cp",
                absoluteClassPath(),
                "-Xmx" + limits.heapMebibytes() + "m",
                "-XX:+UseSerialGC",
                "-XX:MaxMetaspaceSize=256m",
                "-XX:MaxDirectMemorySize=128m",
                "-XX:-UsePerfData",
                "-XX:+DisableAttachMechanism",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + directory.temporary().resolve("hs_err.log"),
                "-Djava.io.tmpdir=" + directory.temporary(),
                "-Duser.home=" + directory.temporary(),
                "-Dpdfbox.fontcache=" + directory.cache(),
                "-Dlogback.configurationFile=org/cartulary/ingest/parse/parser-logback.xml",
                "-Dcartulary.parser.maxEmbeddedDepth=" + limits.maxEmbeddedDepth()));
        return List.copyOf(arguments);
    }

    /** The process works in another directory, so relative entries (as {@code java -jar} gives) must be made absolute. */
    private static String absoluteClassPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
