package org.cartulary.retrieval.building;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.inference.Embedder;
import org.cartulary.retrieval.catalog.Catalog;
import org.cartulary.retrieval.catalog.Document;
import org.cartulary.retrieval.catalog.DocumentWriter;
import org.cartulary.retrieval.dense.PassageEmbedding;
import org.cartulary.retrieval.dense.VectorIndex;
import org.cartulary.retrieval.generation.Generation;
import org.cartulary.retrieval.index.IndexRefused;
import org.cartulary.retrieval.lexical.ChangeLog;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Gives a generation what it lacks, the oldest first and a little at a time: first everything, then whatever was written
 * since. What it has done lies in PostgreSQL, so that it goes on where it was killed. Used by one thread at a time.
 */
final class Backfill {
    private static final int PASSAGES_AT_ONCE = 32;

    private final Jdbi jdbi;
    private final Catalog catalog;
    private final DocumentWriter writer;
    private final Generation generation;
    private final PassageEmbedding embedding;
    private final VectorIndex vectors;
    private final @Nullable Cutting cutting;

    /** The last change before the present round; documents that changed since the last complete one are looked at. */
    private long roundBegan;

    private long complete = -1;
    private long afterPassage;
    private @Nullable UUID afterDocument;
    private boolean foundAny;

    /** Whether this round has found nothing more to cut. What is written meanwhile is for the next one. */
    private boolean cutAll;

    Backfill(
            Jdbi jdbi,
            Catalog catalog,
            DocumentWriter writer,
            Generation generation,
            Embedder embedder,
            @Nullable Cutting cutting) {
        this.jdbi = jdbi;
        this.catalog = catalog;
        this.writer = writer;
        this.generation = generation;
        this.embedding = new PassageEmbedding(embedder.by("index"));
        this.vectors = new VectorIndex(generation);
        this.cutting = cutting;
        this.roundBegan = jdbi.withHandle(ChangeLog::last);
    }

    /**
     * Does the next few passages, or cuts the next document.
     *
     * @return false when the generation has everything that was committed when the call began
     */
    boolean step() throws InterruptedException {
        if (complete >= 0 && complete == jdbi.withHandle(ChangeLog::last)) {
            return false;
        }
        if (cutNext() || embedNext()) {
            foundAny = true;
            return true;
        }
        return nextRound();
    }

    /** Whether it has given the generation everything up to a change. */
    boolean hasAll(long change) {
        return complete == change;
    }

    /** A round that found nothing has seen everything committed before it began. */
    private boolean nextRound() {
        long last = jdbi.withHandle(ChangeLog::last);
        if (!foundAny) {
            complete = roundBegan;
        }
        boolean more = foundAny || complete < last;
        roundBegan = last;
        afterPassage = 0;
        afterDocument = null;
        foundAny = false;
        cutAll = false;
        return more;
    }

    private String changedOnly(String document) {
        return complete < 0
                ? ""
                : " AND " + document + " IN (SELECT added FROM retrieval.changes WHERE number > " + complete + ")";
    }

    private boolean cutNext() throws InterruptedException {
        if (cutAll) {
            return false;
        }
        Optional<UUID> next = jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT d.id FROM retrieval.documents d
                        WHERE d.state = 'ready' AND (CAST(:after AS uuid) IS NULL OR d.id > :after)%s
                            AND NOT EXISTS (SELECT 1 FROM retrieval.document_texts t
                                            WHERE t.document = d.id AND t.cut = :cut)
                        ORDER BY d.id LIMIT 1
                        """.formatted(changedOnly("d.id")))
                .bindByType("after", afterDocument, UUID.class)
                .bind("cut", generation.cut())
                .mapTo(UUID.class)
                .findOne());
        if (next.isEmpty()) {
            cutAll = true;
            return false;
        }
        afterDocument = next.get();
        Optional<Document> document = catalog.find(next.get());
        if (document.isPresent()) {
            Optional<Cutting.Cut> cut = cut(document.get());
            writer.addCut(
                    next.get(),
                    generation.cut(),
                    cut.map(Cutting.Cut::text).orElse(null),
                    cut.map(Cutting.Cut::passages).orElse(List.of()),
                    complete >= 0);
        }
        return true;
    }

    /** Why a document cannot be cut may name its path, which whoever looks after indexes need not be allowed to know. */
    private Optional<Cutting.Cut> cut(Document document) throws InterruptedException {
        try {
            return cutting == null ? Optional.empty() : cutting.again(document);
        } catch (RuntimeException e) {
            throw new IndexRefused(
                    "The document " + document.id()
                            + " could not be cut again; the log of the appliance says why. It is tried again.",
                    e);
        }
    }

    private record Missing(long passage, UUID document, PassageEmbedding.Input input) {}

    private boolean embedNext() {
        List<Missing> missing = jdbi.withHandle(this::missing);
        if (missing.isEmpty()) {
            return false;
        }
        List<float[]> embedded =
                embedding.embed(missing.stream().map(Missing::input).toList());
        jdbi.useTransaction(handle -> add(handle, missing, embedded));
        afterPassage = missing.getLast().passage();
        return true;
    }

    private List<Missing> missing(Handle handle) {
        return handle.createQuery("""
                        SELECT p.id, p.document, d.title, p.anchor, p.text
                        FROM retrieval.passages p JOIN retrieval.documents d ON d.id = p.document
                        WHERE p.cut = :cut AND p.id > :after AND d.state = 'ready' AND d.marking IS NOT NULL%s
                            AND NOT EXISTS (SELECT 1 FROM %s v WHERE v.passage = p.id)
                        ORDER BY p.id LIMIT :limit
                        """.formatted(changedOnly("p.document"), generation.vectorTable()))
                .bind("cut", generation.cut())
                .bind("after", afterPassage)
                .bind("limit", PASSAGES_AT_ONCE)
                .map((row, context) -> new Missing(
                        row.getLong("id"),
                        row.getObject("document", UUID.class),
                        new PassageEmbedding.Input(
                                row.getString("title"), row.getString("anchor"), row.getString("text"))))
                .list();
    }

    /** The rows are held, so that no marking changes and no document goes between here and the commit. */
    private void add(Handle handle, List<Missing> missing, List<float[]> embedded) {
        Map<UUID, Long> markings = new HashMap<>();
        handle.createQuery("SELECT id, marking FROM retrieval.documents"
                        + " WHERE id = ANY(:ids) AND state = 'ready' AND marking IS NOT NULL ORDER BY id FOR SHARE")
                .bindArray(
                        "ids",
                        UUID.class,
                        missing.stream().map(Missing::document).distinct().toList())
                .map((row, context) -> markings.put(row.getObject("id", UUID.class), row.getLong("marking")))
                .list();
        Map<UUID, List<Integer>> ofDocument = new HashMap<>();
        for (int i = 0; i < missing.size(); i++) {
            ofDocument
                    .computeIfAbsent(missing.get(i).document(), id -> new ArrayList<>())
                    .add(i);
        }
        ofDocument.forEach((document, places) -> {
            Long marking = markings.get(document);
            if (marking != null) {
                List<Long> passages =
                        places.stream().map(i -> missing.get(i).passage()).toList();
                vectors.add(
                        handle,
                        document,
                        marking,
                        passages,
                        places.stream().map(embedded::get).toList());
            }
        });
    }

    /** What there is and what the generation has of it. */
    static IndexStatus.Counts counts(Handle handle, Generation generation) {
        return handle.createQuery("""
                        SELECT (SELECT count(*) FROM retrieval.documents WHERE state = 'ready') AS documents,
                               (SELECT count(*) FROM retrieval.document_texts WHERE cut = :cut) AS cut,
                               (SELECT count(*) FROM retrieval.passages WHERE cut = :cut) AS passages,
                               (SELECT count(*) FROM %s) AS embedded
                        """.formatted(generation.vectorTable()))
                .bind("cut", generation.cut())
                .map((row, context) -> new IndexStatus.Counts(
                        row.getLong("documents"), row.getLong("cut"), row.getLong("passages"), row.getLong("embedded")))
                .one();
    }
}
