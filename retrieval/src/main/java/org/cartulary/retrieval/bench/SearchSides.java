package org.cartulary.retrieval.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.util.IOUtils;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.retrieval.Retrieval;
import org.cartulary.retrieval.dense.DenseHit;
import org.cartulary.retrieval.dense.VectorIndex;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.search.SearchRequest;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The product's search and the bare engines under it on the same data, in one installation. Thread-safe but for the sides
 * that it hands out, each of which one client uses.
 */
public final class SearchSides implements AutoCloseable {
    /** Passages that each engine is asked for, the product's legs too. */
    private static final int DEPTH = 1_000;
    /** Hits that the product reads. */
    private static final int HITS = 10;

    private static final int NEAREST = 100;
    private static final String LOADED = "loaded.json";

    private final Jdbi jdbi;
    private final Retrieval retrieval;
    private final GivenVectors embedder;
    private final RawLucene lucene;
    private final VectorIndex vectors;
    private final Path index;
    private final Loaded loaded;

    /**
     * What filling an installation took.
     *
     * @param rowsSeconds documents, texts and passages into PostgreSQL
     * @param vectorsSeconds vectors and the index on their marking
     * @param graphSeconds building HNSW
     * @param wordsSeconds making the lexical index out of PostgreSQL
     */
    public record Loaded(
            int passages, double rowsSeconds, double vectorsSeconds, double graphSeconds, double wordsSeconds) {}

    /** Bytes on disk. */
    public record Sizes(long passages, long vectors, long graph, long words) {}

    /** One client of one side. */
    public interface Client extends Consumer<SyntheticCorpus.Question>, AutoCloseable {
        @Override
        default void close() {}
    }

    /** Opens retrieval in an installation of the caller's, where embedding costs nothing. */
    @FunctionalInterface
    public interface Opening extends Function<GivenVectors, Retrieval> {}

    private SearchSides(Jdbi jdbi, Path home, Retrieval retrieval, GivenVectors embedder, Loaded loaded) {
        this.jdbi = jdbi;
        this.retrieval = retrieval;
        this.embedder = embedder;
        this.index = home.resolve("lucene").resolve(retrieval.generation().name());
        this.lucene = RawLucene.open(index);
        this.vectors = new VectorIndex(retrieval.generation());
        this.loaded = loaded;
    }

    /**
     * Opens an installation, filling it first where that was not done before.
     *
     * @param home of its own
     * @param corpus what it is filled with; its questions are asked
     */
    public static SearchSides open(Jdbi jdbi, Path home, SyntheticCorpus corpus, Opening opening) {
        GivenVectors embedder = new GivenVectors(corpus.dimension());
        Loaded loaded = read(home.resolve(LOADED));
        if (loaded == null) {
            BulkLoad.Filled filled;
            try (Retrieval retrieval = opening.apply(embedder)) {
                if (!retrieval.catalog().all().isEmpty()) {
                    throw new IllegalStateException(
                            home + " was filled halfway or holds something else: delete it and begin anew");
                }
                filled = BulkLoad.fill(retrieval, jdbi, corpus);
            }
            remove(home.resolve("lucene"));
            long began = System.nanoTime();
            Retrieval retrieval = opening.apply(embedder);
            double wordsSeconds = (System.nanoTime() - began) / 1e9;
            loaded = new Loaded(
                    corpus.size(), filled.rowsSeconds(), filled.vectorsSeconds(), filled.graphSeconds(), wordsSeconds);
            write(home.resolve(LOADED), loaded);
            return new SearchSides(jdbi, home, retrieval, embedder, loaded);
        }
        return new SearchSides(jdbi, home, opening.apply(embedder), embedder, loaded);
    }

    public Loaded loaded() {
        return loaded;
    }

    /** What lies on disk now. */
    public Sizes sizes() {
        String table = retrieval.generation().vectorTable();
        return jdbi.withHandle(handle -> {
            Function<String, Long> bytes =
                    sql -> handle.createQuery("SELECT " + sql).mapTo(Long.class).one();
            long graph =
                    bytes.apply("sum(pg_relation_size(indexrelid)) FROM pg_index JOIN pg_class c ON c.oid = indexrelid"
                            + " JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'hnsw' AND indrelid = '" + table
                            + "'::regclass");
            return new Sizes(
                    bytes.apply("sum(pg_total_relation_size(t)) FROM unnest(ARRAY['retrieval.documents',"
                            + " 'retrieval.document_texts', 'retrieval.passages']::regclass[]) t"),
                    bytes.apply("pg_total_relation_size('" + table + "')") - graph,
                    graph,
                    bytesUnder(index));
        });
    }

    /** Lets the embedder know a question; only such may be asked. */
    public void know(SyntheticCorpus.Question question) {
        embedder.give(question);
    }

    /** A client of the product's search. */
    public Client fused(Optional<Width> width) {
        SearchScope scope = scope(width);
        return question -> {
            if (retrieval
                    .search()
                    .search(new SearchRequest(question.text(), scope, HITS))
                    .hits()
                    .isEmpty()) {
                throw new IllegalStateException("Nothing was found for: " + question.text());
            }
        };
    }

    /** A client of bare Lucene. */
    public Client words(Optional<Width> width) {
        Collection<Long> markings = width.isEmpty() ? List.of() : markings(width);
        return question -> {
            long[] _ = lucene.search(question.text(), markings, DEPTH);
        };
    }

    /** A client of bare pgvector; holds a connection until it is closed. */
    public Client meaning(Optional<Width> width) {
        RawVectors raw = raw(width);
        return new Client() {
            @Override
            public void accept(SyntheticCorpus.Question question) {
                long[] _ = raw.search(question.vector());
            }

            @Override
            public void close() {
                raw.close();
            }
        };
    }

    /**
     * How many of the nearest a hundred that exact search finds, or of all where there are fewer, are found too.
     *
     * @param product by the product's own search for vectors
     * @param raw by bare pgvector; both 0 to 1
     */
    public record Recall(double product, double raw) {}

    /** Over some questions. */
    public Recall recall(Optional<Width> width, List<SyntheticCorpus.Question> questions) {
        int wanted = 0;
        int product = 0;
        int bare = 0;
        SearchScope scope = scope(width);
        try (RawVectors raw = raw(width)) {
            for (SyntheticCorpus.Question question : questions) {
                Set<Long> nearest = nearest(question.vector(), markings(width));
                wanted += nearest.size();
                List<DenseHit> hits =
                        jdbi.inTransaction(handle -> vectors.search(handle, question.vector(), scope, DEPTH));
                product += count(hits.stream().map(DenseHit::passage).limit(NEAREST), nearest);
                bare += count(
                        Arrays.stream(raw.search(question.vector())).boxed().limit(NEAREST), nearest);
            }
        }
        return new Recall((double) product / wanted, (double) bare / wanted);
    }

    private static int count(Stream<Long> found, Set<Long> nearest) {
        return (int) found.filter(nearest::contains).count();
    }

    private Set<Long> nearest(float[] query, Collection<Long> markings) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "WITH all_of_them AS MATERIALIZED (SELECT passage, embedding <#> CAST(:query AS halfvec)"
                                + " AS distance FROM " + retrieval.generation().vectorTable()
                                + " WHERE marking = ANY(:markings))"
                                + " SELECT passage FROM all_of_them ORDER BY distance LIMIT " + NEAREST)
                .bind("query", Arrays.toString(query))
                .bindArray("markings", Long.class, markings)
                .mapTo(Long.class)
                .collect(Collectors.toCollection(HashSet::new)));
    }

    private RawVectors raw(Optional<Width> width) {
        Collection<Long> markings = width.isEmpty() ? List.of() : markings(width);
        return RawVectors.open(jdbi, retrieval.generation().vectorTable(), markings, DEPTH);
    }

    private SearchScope scope(Optional<Width> width) {
        TreeMap<UUID, SortedSet<Long>> readable = new TreeMap<>();
        for (Width one : Width.values()) {
            if (width.isEmpty() || width.get() == one) {
                UUID collection = collection(one);
                readable.put(collection, new TreeSet<>(BulkLoad.markings(jdbi, collection)));
            }
        }
        return retrieval.inForce(new ReadFilter(1, readable));
    }

    private SortedSet<Long> markings(Optional<Width> width) {
        return scope(width).markings();
    }

    private UUID collection(Width width) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT id FROM retrieval.collections WHERE name = :name")
                .bind("name", width.collection())
                .mapTo(UUID.class)
                .one());
    }

    private static @Nullable Loaded read(Path file) {
        try {
            return Files.exists(file) ? new ObjectMapper().readValue(file.toFile(), Loaded.class) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " does not say what filling took: delete the home and begin anew", e);
        }
    }

    private static void write(Path file, Loaded loaded) {
        try {
            new ObjectMapper().writeValue(file.toFile(), loaded);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    private static void remove(Path directory) {
        try {
            IOUtils.rm(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be removed", e);
        }
    }

    private static long bytesUnder(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be read", e);
        }
    }

    @Override
    public void close() {
        lucene.close();
        retrieval.close();
    }
}
