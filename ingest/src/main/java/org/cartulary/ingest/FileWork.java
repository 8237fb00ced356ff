package org.cartulary.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.cartulary.inference.Embedder;
import org.cartulary.ingest.chunk.ChunkedDocument;
import org.cartulary.ingest.chunk.Chunker;
import org.cartulary.ingest.parse.ParseFailure;
import org.cartulary.ingest.parse.ParseOutcome;
import org.cartulary.ingest.parse.ParseOutcome.NotParsed;
import org.cartulary.ingest.parse.ParseOutcome.Parsed;
import org.cartulary.ingest.parse.ParserPool;
import org.cartulary.ingest.structure.DocumentReader;
import org.cartulary.ingest.structure.StructuredDocument;
import org.cartulary.ingest.structure.UnreadableOutput;
import org.cartulary.retrieval.Retrieval;
import org.cartulary.retrieval.building.Cutting;
import org.cartulary.retrieval.catalog.Document;
import org.cartulary.retrieval.catalog.DocumentDraft;
import org.cartulary.retrieval.catalog.FailedDraft;
import org.cartulary.retrieval.catalog.PassageDraft;
import org.cartulary.retrieval.catalog.Stage;
import org.cartulary.retrieval.catalog.Written;
import org.cartulary.retrieval.originals.OriginalDamaged;
import org.cartulary.retrieval.originals.OriginalMissing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one file from its staged original to its end. Thread-safe; repeating it after a kill does no harm. */
final class FileWork {
    private static final Logger LOG = LoggerFactory.getLogger(FileWork.class);
    private static final int COUNT_BATCH = 1000;
    private static final String UNKNOWN_TYPE = "application/octet-stream";
    private final Retrieval retrieval;
    private final ParserPool parsers;
    private final Chunker chunker;
    private final Path work;

    /** @param work an existing directory for files in clear while they are parsed */
    FileWork(Retrieval retrieval, Embedder embedder, ParserPool parsers, int maxPassageTokens, Path work) {
        this.retrieval = retrieval;
        this.parsers = parsers;
        this.chunker = new Chunker(texts -> count(embedder, texts), maxPassageTokens);
        this.work = work;
    }

    /**
     * Does the work.
     *
     * @throws ParserUnavailable when no parser process can be had
     * @throws org.cartulary.inference.InferenceFailed when the embedder is not up
     */
    Finished run(QueuedFile file, Consumer<Stage> progress) throws InterruptedException {
        Optional<Document> same = retrieval.catalog().findBySha256(file.collection(), file.sha256());
        if (same.isPresent()) {
            return known(file, same.get());
        }
        return switch (parse(file.document(), file.path())) {
            case NotParsed refused
            when refused.failure() == ParseFailure.PARSER_DOWN -> throw new ParserUnavailable(refused.reason());
            case NotParsed refused -> failed(file, refused, UNKNOWN_TYPE);
            case Parsed parsed -> index(file, parsed, progress);
        };
    }

    /** The document is there: written by this very job before a kill, or brought in by another. */
    private Finished known(QueuedFile file, Document same) {
        if (same.id().equals(file.document())) {
            return Finished.ready(same.id(), null, same.pages(), same.passages());
        }
        retrieval.originals().discard(file.document());
        return Finished.duplicate(same.id());
    }

    /**
     * Cuts a document again out of its original, as documents are cut now; empty where it can no longer be read.
     *
     * @throws ParserUnavailable when no parser process can be had
     */
    Optional<Cutting.Cut> cutAgain(Document document) throws InterruptedException {
        try {
            return switch (parse(document.id(), document.path())) {
                case NotParsed refused
                when refused.failure() == ParseFailure.PARSER_DOWN -> throw new ParserUnavailable(refused.reason());
                case NotParsed _ -> Optional.empty();
                case Parsed parsed -> cut(parsed, document.path());
            };
        } catch (OriginalMissing e) {
            return kept(document, e);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof OriginalDamaged) {
                return kept(document, e);
            }
            throw e;
        }
    }

    private static Optional<Cutting.Cut> kept(Document document, RuntimeException why) {
        LOG.warn("{} keeps its passages: its original cannot be read", document.id(), why);
        return Optional.empty();
    }

    private Optional<Cutting.Cut> cut(Parsed parsed, String path) {
        try {
            ChunkedDocument chunked = chunker.chunk(DocumentReader.read(parsed.parts(), path));
            return chunked.passages().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Cutting.Cut(chunked.text(), passages(chunked)));
        } catch (UnreadableOutput e) {
            return Optional.empty();
        }
    }

    private ParseOutcome parse(UUID document, String path) throws InterruptedException {
        Path clear = null;
        try {
            clear = retrieval.originals().decryptTo(document, work);
            return parsers.parse(clear, path);
        } catch (IOException e) {
            throw new UncheckedIOException("The original of \"" + path + "\" cannot be read for parsing", e);
        } finally {
            delete(clear);
        }
    }

    private static void delete(@org.jspecify.annotations.Nullable Path clear) {
        try {
            if (clear != null) {
                Files.deleteIfExists(clear);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A file in clear could not be removed after parsing: " + clear, e);
        }
    }

    private Finished index(QueuedFile file, Parsed parsed, Consumer<Stage> progress) {
        StructuredDocument document;
        try {
            document = DocumentReader.read(parsed.parts(), file.path());
        } catch (UnreadableOutput e) {
            return failed(file, new NotParsed(ParseFailure.BROKEN, String.valueOf(e.getMessage())), UNKNOWN_TYPE);
        }
        ChunkedDocument chunked = chunker.chunk(document);
        if (chunked.passages().isEmpty()) {
            return failed(file, new NotParsed(ParseFailure.NO_TEXT, "The file holds no text."), document.mediaType());
        }
        Written written = retrieval.writer().write(draft(file, document, chunked), file.actor(), progress);
        String remarks = parsed.remarks().isEmpty() ? null : String.join(" ", parsed.remarks());
        return switch (written) {
            case Written.Ready ready ->
                Finished.ready(
                        ready.document(),
                        remarks,
                        document.pages(),
                        chunked.passages().size());
            case Written.Duplicate duplicate -> Finished.duplicate(duplicate.existing());
        };
    }

    /** Ends a file that cannot be worked on, for a reason that lies not in it; it is kept and can be retried. */
    Finished abandon(QueuedFile file, String code, String reason) {
        markFailed(file, reason, UNKNOWN_TYPE);
        return Finished.failed(file.document(), code, reason);
    }

    private Finished failed(QueuedFile file, NotParsed refused, String mediaType) {
        markFailed(file, refused.reason(), mediaType);
        return Finished.failed(file.document(), refused.failure(), refused.reason());
    }

    private void markFailed(QueuedFile file, String reason, String mediaType) {
        FailedDraft draft = new FailedDraft(
                file.document(), file.collection(), file.path(), mediaType, file.sha256(), file.bytes(), reason);
        retrieval.writer().markFailed(draft);
    }

    private static DocumentDraft draft(QueuedFile file, StructuredDocument document, ChunkedDocument chunked) {
        return new DocumentDraft(
                file.document(),
                file.collection(),
                file.path(),
                document.title(),
                document.mediaType(),
                file.sha256(),
                file.bytes(),
                document.pages(),
                document.language(),
                chunked.text(),
                passages(chunked),
                null);
    }

    private static List<PassageDraft> passages(ChunkedDocument chunked) {
        return chunked.passages().stream()
                .map(passage -> new PassageDraft(
                        passage.ordinal(),
                        passage.text(),
                        passage.start(),
                        passage.end(),
                        passage.page(),
                        passage.anchor()))
                .toList();
    }

    /** One call for most documents; many thousand sentences are asked for in parts. */
    private static List<Integer> count(Embedder embedder, List<String> texts) {
        List<Integer> counts = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += COUNT_BATCH) {
            counts.addAll(embedder.countTokens(texts.subList(from, Math.min(texts.size(), from + COUNT_BATCH))));
        }
        return counts;
    }
}
