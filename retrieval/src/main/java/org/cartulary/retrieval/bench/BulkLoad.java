package org.cartulary.retrieval.bench;

import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.rights.Markings;
import org.cartulary.retrieval.Retrieval;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Fills an installation quickly with the rows that the document writer writes: documents, texts, passages, vectors under
 * their markings, and numbered changes. Without originals and evidence, which no search reads; HNSW is built at the end. The
 * lexical index is for its own code to make again. Used by one thread.
 */
final class BulkLoad {
    private static final int DOCUMENTS_AT_ONCE = 200;
    private static final OffsetDateTime ADDED = OffsetDateTime.parse("2026-01-01T00:00:00Z");
    private static final UUID ONE_LABEL = new UUID(0x6C6162656C31L, 1);
    private static final UUID OTHER_LABEL = new UUID(0x6C6162656C32L, 2);
    private static final List<Set<UUID>> LABELS =
            List.of(Set.of(), Set.of(ONE_LABEL), Set.of(OTHER_LABEL), Set.of(ONE_LABEL, OTHER_LABEL));

    private final Jdbi jdbi;
    private final SyntheticCorpus corpus;
    private final String vectorTable;
    private final int cut;
    private final Map<Width, Place> places = new EnumMap<>(Width.class);

    private final ManyRows documents = new ManyRows(
            "retrieval.documents",
            "id uuid",
            "collection uuid",
            "path text",
            "title text",
            "media_type text",
            "sha256 bytea",
            "bytes bigint",
            "language text",
            "state text",
            "passages integer",
            "added_at timestamptz",
            "marking bigint");
    private final ManyRows texts =
            new ManyRows("retrieval.document_texts", "document uuid", "cut integer", "text text");
    private final ManyRows passages = new ManyRows(
            "retrieval.passages",
            "id bigint",
            "document uuid",
            "collection uuid",
            "cut integer",
            "ordinal integer",
            "text text",
            "start_offset integer",
            "end_offset integer",
            "language text");
    private final ManyRows vectors;
    private final ManyRows changes =
            new ManyRows("retrieval.changes", "number bigint", "added uuid", "changed_at timestamptz");
    private long rowsNanos;
    private long vectorsNanos;

    private record Place(UUID collection, List<Long> markings) {}

    /** What filling took. */
    record Filled(double rowsSeconds, double vectorsSeconds, double graphSeconds) {}

    private BulkLoad(Retrieval retrieval, Jdbi jdbi, SyntheticCorpus corpus) {
        this.jdbi = jdbi;
        this.corpus = corpus;
        this.vectorTable = retrieval.generation().vectorTable();
        this.cut = retrieval.generation().cut();
        this.vectors =
                new ManyRows(vectorTable, "passage bigint", "document uuid", "marking bigint", "embedding halfvec");
        for (Width width : Width.values()) {
            UUID collection = retrieval
                    .catalog()
                    .create(width.collection(), Principal.CONSOLE)
                    .collection()
                    .id();
            places.put(width, new Place(collection, markings(jdbi, collection)));
        }
    }

    /** The markings that documents of a collection bear, in turn. */
    static List<Long> markings(Jdbi jdbi, UUID collection) {
        return jdbi.inTransaction(handle -> LABELS.stream()
                .map(labels -> Markings.of(handle, collection, labels, 0).id())
                .toList());
    }

    /** Fills an empty installation. */
    static Filled fill(Retrieval retrieval, Jdbi jdbi, SyntheticCorpus corpus) {
        return new BulkLoad(retrieval, jdbi, corpus).fill();
    }

    private Filled fill() {
        String index = dropGraph();
        List<SyntheticCorpus.Planned> planned = corpus.documents();
        for (int from = 0; from < planned.size(); from += DOCUMENTS_AT_ONCE) {
            planned.subList(from, Math.min(from + DOCUMENTS_AT_ONCE, planned.size()))
                    .forEach(this::add);
            jdbi.useTransaction(this::send);
        }
        long began = System.nanoTime();
        jdbi.useTransaction(handle -> {
            // A graph that does not fit is built on disk, many times slower.
            handle.execute("SET LOCAL maintenance_work_mem = '4GB'");
            handle.execute(index);
        });
        double graphSeconds = (System.nanoTime() - began) / 1e9;
        jdbi.useHandle(handle -> {
            handle.execute("SELECT setval(pg_get_serial_sequence('retrieval.passages', 'id'), max(id)) FROM"
                    + " retrieval.passages");
            handle.execute("VACUUM (ANALYZE)");
        });
        return new Filled(rowsNanos / 1e9, vectorsNanos / 1e9, graphSeconds);
    }

    private String dropGraph() {
        return jdbi.inTransaction(handle -> {
            String index = handle.createQuery(
                            "SELECT indexdef FROM pg_indexes WHERE schemaname || '.' || tablename = :table"
                                    + " AND indexdef LIKE '%USING hnsw%'")
                    .bind("table", vectorTable)
                    .mapTo(String.class)
                    .one();
            handle.execute("DROP INDEX retrieval." + index.split(" ", -1)[2]);
            return index;
        });
    }

    private void add(SyntheticCorpus.Planned planned) {
        Place place = Objects.requireNonNull(places.get(planned.width()));
        long marking = place.markings().get(planned.number() % LABELS.size());
        // Ids of documents grow with time, as those of the product do.
        UUID document = new UUID((0x0190_0000_0000L + planned.number()) << 16 | 0x7000, 0x8000_0000_0000_0000L);
        StringBuilder whole = new StringBuilder();
        int ordinal = 0;
        for (SyntheticCorpus.Passage passage : corpus.passages(planned)) {
            long id = planned.firstPassage() + ordinal;
            passages.add(
                    id,
                    document,
                    place.collection(),
                    cut,
                    ordinal,
                    passage.text(),
                    whole.length(),
                    whole.length() + passage.text().length(),
                    "en");
            vectors.add(id, document, marking, Arrays.toString(passage.vector()));
            whole.append(passage.text()).append("\n\n");
            ordinal++;
        }
        texts.add(document, cut, whole.toString());
        changes.add(planned.number() + 1L, document, ADDED);
        documents.add(
                document,
                place.collection(),
                "document-" + planned.number() + ".txt",
                corpus.title(planned),
                "text/plain",
                "\\x%064x".formatted(planned.number()),
                (long) whole.length(),
                "en",
                "ready",
                planned.passages(),
                ADDED,
                marking);
    }

    private void send(Handle handle) {
        long began = System.nanoTime();
        documents.send(handle);
        texts.send(handle);
        passages.send(handle);
        changes.send(handle);
        long between = System.nanoTime();
        vectors.send(handle);
        rowsNanos += between - began;
        vectorsNanos += System.nanoTime() - between;
    }
}
