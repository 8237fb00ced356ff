package org.cartulary.ingest.parse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.tika.pipes.PipesResult;
import org.cartulary.ingest.parse.ParseOutcome.NotParsed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parser processes, as many as workers, each with a directory of its own. A file that a process died of is tried once
 * more in a fresh process while no other file is parsed, so that a neighbour's greed is not held against it. Thread-safe.
 */
public final class ParserPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ParserPool.class);
    private final ParserLimits limits;
    private final Isolation isolation;
    private final Diagnosis diagnosis;
    private final List<ParserProcess> processes = new ArrayList<>();
    private final BlockingQueue<ParserProcess> idle;
    private final ReentrantReadWriteLock company = new ReentrantReadWriteLock(true);

    /**
     * Prepares the directories; processes start with their first file.
     *
     * @param work a directory on a file system that may hold programs (not mounted noexec); emptied
     * @param workers 1 to 64
     */
    public ParserPool(Path work, int workers, ParserLimits limits) {
        if (workers < 1 || workers > 64) {
            throw new IllegalArgumentException("A parser pool has 1 to 64 workers, but was asked for " + workers);
        }
        SerialFilter.install();
        this.limits = limits;
        this.diagnosis = new Diagnosis(limits);
        this.isolation = Isolation.probe();
        if (!isolation.networkClosed()) {
            LOG.warn(isolation.sentence());
        }
        this.idle = new ArrayBlockingQueue<>(workers);
        for (int i = 1; i <= workers; i++) {
            ParserProcess process = process(work, "parser-" + i);
            processes.add(process);
            idle.add(process);
        }
    }

    private ParserProcess process(Path work, String name) {
        try {
            return new ParserProcess(name, WorkerDirectory.create(work.resolve(name), limits, isolation), limits);
        } catch (IOException e) {
            throw new UncheckedIOException("The parser's directory " + work.resolve(name) + " cannot be made", e);
        }
    }

    public ParserStatus status() {
        return new ParserStatus(processes.size(), isolation.networkClosed(), isolation.sentence());
    }

    /**
     * Reads a file.
     *
     * @param file is read, never changed
     * @param name the document's name or path; only its extension is used, as a hint at the type
     */
    public ParseOutcome parse(Path file, String name) throws InterruptedException {
        try {
            if (Files.size(file) == 0) {
                return diagnosis.empty();
            }
            ParseOutcome first = inCompany(file, name);
            return isSuspect(first) ? alone(file, name) : first;
        } catch (IOException e) {
            throw new UncheckedIOException("The file to parse cannot be staged for the parser", e);
        }
    }

    private static boolean isSuspect(ParseOutcome outcome) {
        return outcome instanceof NotParsed refused && refused.failure().isSuspect();
    }

    private ParseOutcome inCompany(Path file, String name) throws IOException, InterruptedException {
        company.readLock().lockInterruptibly();
        try {
            return onIdleProcess(file, name);
        } finally {
            company.readLock().unlock();
        }
    }

    private ParseOutcome alone(Path file, String name) throws IOException, InterruptedException {
        company.writeLock().lockInterruptibly();
        try {
            return onIdleProcess(file, name);
        } finally {
            company.writeLock().unlock();
        }
    }

    private ParseOutcome onIdleProcess(Path file, String name) throws IOException, InterruptedException {
        ParserProcess process = idle.take();
        try {
            return parse(process, file, name);
        } finally {
            process.directory().sweep();
            idle.add(process);
        }
    }

    private ParseOutcome parse(ParserProcess process, Path file, String name) throws IOException, InterruptedException {
        Path staged = process.directory().inbox().resolve("document" + extension(name));
        stage(file, staged);
        Duration time = limits.timeFor(Files.size(file));
        try {
            PipesResult result = process.parse(staged.getFileName().toString(), time);
            return new ResultReader(diagnosis).read(result, time);
        } catch (ParserDown e) {
            LOG.error("A parser process failed outside of a parse", e);
            return diagnosis.down(Diagnosis.cause(String.valueOf(e.getMessage())));
        }
    }

    private static void stage(Path file, Path staged) throws IOException {
        Optional<Charset> wide = WideText.detect(file);
        if (wide.isPresent() && WideText.rewrite(file, wide.get(), staged)) {
            return;
        }
        if (MarkedUtf8.isUnmarkedText(file, staged)) {
            MarkedUtf8.write(file, staged);
            return;
        }
        Files.deleteIfExists(staged);
        try {
            Files.createLink(staged, file.toRealPath());
        } catch (FileSystemException | UnsupportedOperationException e) {
            // Another file system, or one without links.
            Files.copy(file, staged);
        }
    }

    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        String extension = dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
        return extension.matches("\\.[a-z0-9]{1,8}") ? extension : "";
    }

    /** The ids of the processes that were started last, for health and tests; some may have ended. */
    List<Long> pids() {
        return processes.stream()
                .flatMap(process -> process.directory().pid().stream())
                .toList();
    }

    @Override
    public void close() {
        for (ParserProcess process : processes) {
            process.close();
            try {
                process.directory().delete();
            } catch (IOException e) {
                LOG.warn("A parser's directory could not be removed; the next start removes it", e);
            }
        }
    }
}
