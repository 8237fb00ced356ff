package org.cartulary.retrieval.dense;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.retrieval.dense.VectorIndex.Way;
import org.cartulary.retrieval.generation.Generation;
import org.cartulary.retrieval.scope.Reach;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.testing.Installation;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clustered vectors under markings that hold half of the passages, a twentieth, a two-hundredth, one, and the rest. */
class VectorIndexTest {
    private static final List<Integer> PASSAGES = List.of(1_000, 100, 10, 1, 889);
    private static final int DIMENSION = 384;
    private static final int CLUSTERS = 40;
    private static final Random RANDOM = new Random(7);
    private static final float[][] CENTRES = new float[CLUSTERS][];

    private static Installation installation;
    private static VectorIndex graph;
    private static VectorIndex exact;

    @BeforeAll
    static void write() {
        installation = Installation.fresh();
        Generation generation = installation.retrieval().generation();
        graph = new VectorIndex(generation, 0);
        exact = new VectorIndex(generation, Integer.MAX_VALUE);
        for (int i = 0; i < CLUSTERS; i++) {
            CENTRES[i] = around(new float[DIMENSION], 1);
        }
        installation.jdbi().useTransaction(VectorIndexTest::fill);
    }

    @AfterAll
    static void close() {
        installation.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void findsByTheGraphWhatExactSearchFindsUnderAnyFilter(int collection) {
        SortedSet<Long> readable = new TreeSet<>(List.of((long) collection));
        int found = 0;
        int wanted = 0;
        for (int question = 0; question < 20; question++) {
            float[] query = around(CENTRES[question % CLUSTERS], 0.5);
            Set<Long> truth = ids(search(exact, query, readable));
            Set<Long> hits = ids(search(graph, query, readable));
            assertThat(hits).hasSameSizeAs(truth).hasSize(Math.min(100, PASSAGES.get(collection)));
            wanted += truth.size();
            hits.retainAll(truth);
            found += hits.size();
        }
        assertThat((double) found / wanted).isGreaterThanOrEqualTo(0.98);
    }

    @Test
    void returnsTheNearestFirstAndNothingOfOtherMarkings() {
        SortedSet<Long> readable = new TreeSet<>(List.of(2L));
        List<DenseHit> hits = search(graph, CENTRES[0], readable);
        assertThat(hits).hasSize(10);
        assertThat(hits).isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
        assertThat(search(exact, CENTRES[0], new TreeSet<>())).isEmpty();
        assertThat(search(exact, CENTRES[0], new TreeSet<>(List.of(99L)))).isEmpty();
    }

    /** It walks the graph a second time where it was told wrongly that everything is permitted. */
    @ParameterizedTest
    @ValueSource(strings = {"0,1,2,3,4", "0", "1", "3"})
    void theWholeGraphFindsWhatTheGraphFinds(String markings) {
        SearchScope scope =
                scope(Stream.of(markings.split(",")).map(Long::valueOf).collect(Collectors.toCollection(TreeSet::new)));
        for (int question = 0; question < 10; question++) {
            float[] query = around(CENTRES[question], 0.5);
            List<DenseHit> whole = inTransaction(handle -> graph.search(handle, query, scope, 500, Way.WHOLE_GRAPH));
            List<DenseHit> walked = inTransaction(handle -> graph.search(handle, query, scope, 500, Way.GRAPH));
            assertThat(whole).isEqualTo(walked).isNotEmpty();
        }
    }

    @Test
    void countsWhatIsInForceAlikeWhereItIsToldHowMuchMayBeRead() {
        SearchScope all = scope(new TreeSet<>(List.of(0L, 1L, 2L, 3L, 4L)));
        VectorIndex fewer = new VectorIndex(installation.retrieval().generation(), 1_500);
        Reach reach = new Reach(2_000, true);
        installation.jdbi().useHandle(handle -> {
            assertThat(fewer.comparesAll(handle, all, 100)).isFalse();
            assertThat(fewer.comparesAll(handle, all, 100, reach)).isFalse();
            handle.begin();
            handle.execute("UPDATE retrieval.documents SET draft = true WHERE marking = 0");
            assertThat(fewer.comparesAll(handle, all, 100)).isTrue();
            assertThat(fewer.comparesAll(handle, all, 100, reach)).isTrue();
            handle.rollback();
        });
    }

    /** The database estimates how many vectors there are when it comes to it, which for a new table is never yet. */
    @Test
    void fewPassagesAreAllComparedBeforeTheDatabaseHasCountedThemAndAfter() {
        VectorIndex plain = new VectorIndex(installation.retrieval().generation());
        SearchScope all = scope(new TreeSet<>(List.of(0L, 1L, 2L, 3L, 4L)));
        String table = installation.retrieval().generation().vectorTable();
        installation.jdbi().useHandle(handle -> {
            assertThat(estimated(handle, table)).isNotPositive();
            assertThat(plain.comparesAll(handle, all, 1_000)).isTrue();
            handle.execute("ANALYZE " + table);
            assertThat(estimated(handle, table)).isEqualTo(2_000);
            assertThat(plain.comparesAll(handle, all, 1_000)).isTrue();
            assertThat(plain.comparesAll(handle, all, 50)).isFalse();
        });
    }

    private static double estimated(Handle handle, String table) {
        return handle.createQuery("SELECT reltuples FROM pg_class WHERE oid = CAST(:table AS regclass)")
                .bind("table", table)
                .mapTo(Double.class)
                .one();
    }

    private static List<DenseHit> search(VectorIndex index, float[] query, SortedSet<Long> readable) {
        return inTransaction(handle -> index.search(handle, query, scope(readable), 100));
    }

    private static <T> T inTransaction(HandleCallback<T, RuntimeException> work) {
        return installation.jdbi().inTransaction(work);
    }

    private static SearchScope scope(SortedSet<Long> markings) {
        ReadFilter readable = new ReadFilter(1, new TreeMap<>(Map.of(new UUID(1, 0), markings)));
        return SearchScope.inForce(readable, LocalDate.of(2026, 1, 1));
    }

    private static Set<Long> ids(List<DenseHit> hits) {
        return hits.stream().map(DenseHit::passage).collect(Collectors.toCollection(HashSet::new));
    }

    private static void fill(Handle handle) {
        for (int collection = 0; collection < PASSAGES.size(); collection++) {
            UUID document = new UUID(2, collection);
            insertDocument(handle, new UUID(1, collection), document, PASSAGES.get(collection), collection);
            List<Long> ids = handle.createQuery("SELECT id FROM retrieval.passages WHERE document = :document")
                    .bind("document", document)
                    .mapTo(Long.class)
                    .list();
            List<float[]> vectors = ids.stream()
                    .map(id -> around(CENTRES[RANDOM.nextInt(CLUSTERS)], 0.5))
                    .toList();
            graph.add(handle, document, collection, ids, vectors);
        }
    }

    private static void insertDocument(Handle handle, UUID collection, UUID document, int passages, long marking) {
        handle.execute(
                "INSERT INTO retrieval.collections (id, name, created_at) VALUES (?, ?, now())",
                collection,
                "c" + collection);
        handle.execute(
                "INSERT INTO retrieval.documents (id, collection, path, title, media_type, sha256, bytes, language, state,"
                        + " passages, added_at, marking)"
                        + " VALUES (?, ?, 'p', 't', 'text/plain', ?, 1, 'en', 'ready', ?, now(), ?)",
                document,
                collection,
                new byte[32],
                passages,
                marking);
        handle.execute(
                "INSERT INTO retrieval.passages (document, collection, cut, ordinal, text, start_offset, end_offset)"
                        + " SELECT ?, ?, ?, n, 'x', 0, 1 FROM generate_series(1, ?) n",
                document,
                collection,
                installation.retrieval().generation().cut(),
                passages);
    }

    /** A vector of length 1 near another; the greater the spread, the farther. */
    private static float[] around(float[] centre, double spread) {
        float[] vector = new float[DIMENSION];
        double square = 0;
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) (centre[i] + spread * RANDOM.nextGaussian() / Math.sqrt(DIMENSION));
            square += vector[i] * vector[i];
        }
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] /= (float) Math.sqrt(square);
        }
        return vector;
    }
}
