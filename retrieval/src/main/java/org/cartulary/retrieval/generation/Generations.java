package org.cartulary.retrieval.generation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The rows of generations and the tables of their vectors. Thread-safe; what takes a handle runs in the caller's
 * transaction.
 *
 * <p>Writers hold {@link #lockShared} and whoever switches or drops holds {@link #lockAlone}, so that no document is
 * written to a generation that is left in the same moment, and no table goes while it is written.
 */
public final class Generations {
    /** An arbitrary constant that no other part of the database locks. */
    private static final long LOCK = 0x43544C47454E53L;

    private final Jdbi jdbi;
    private final Clock clock;
    private final ReentrantLock making = new ReentrantLock();

    /** The process of the database that makes a graph; null while none does. Guarded by the lock. */
    private @Nullable Integer maker;

    public Generations(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** What a generation of its own is made with. */
    public record Make(Generation.Recipe recipe, String kernel, int dimension) {}

    /** Taken first in every transaction that writes documents. */
    public static void lockShared(Handle handle) {
        handle.execute("SELECT pg_advisory_xact_lock_shared(?)", LOCK);
    }

    /** Waits for the writers under way; others wait until the commit. */
    public static void lockAlone(Handle handle) {
        handle.execute("SELECT pg_advisory_xact_lock(?)", LOCK);
    }

    /** The generation that is searched; empty before the first start. */
    public static Optional<Generation> active(Handle handle) {
        return handle.createQuery("SELECT * FROM retrieval.generations WHERE state = 'active'")
                .map((row, context) -> generation(row))
                .findOne();
    }

    /** The generation that is being made, or waits to be switched to. */
    public static Optional<GenerationRow> candidate(Handle handle) {
        return handle.createQuery("SELECT * FROM retrieval.generations WHERE state IN ('building', 'built')")
                .map((row, context) -> row(row))
                .findOne();
    }

    /** All of them, the first one first; dropped ones too. */
    public List<GenerationRow> list() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM retrieval.generations ORDER BY id")
                .map((row, context) -> row(row))
                .list());
    }

    public Optional<GenerationRow> named(String name) {
        return list().stream()
                .filter(row -> row.generation().name().equals(name))
                .findFirst();
    }

    /** Tables that hold vectors, schema-qualified. */
    public static List<String> vectorTables(Handle handle) {
        return handle.createQuery("SELECT DISTINCT 'retrieval.vectors_' || vectors FROM retrieval.generations"
                        + " WHERE state <> 'dropped' ORDER BY 1")
                .mapTo(String.class)
                .list();
    }

    /**
     * The active generation, begun now when there is none. Where another release left generations of another analyser,
     * whose code is gone with it, each is followed by one that shares its passages and vectors, so that an update
     * refuses no start; only the postings are made again.
     *
     * @param make what a first generation is made with
     */
    public Generation activate(Make make) {
        return jdbi.inTransaction(handle -> {
            lockAlone(handle);
            List<GenerationRow> left = handle.createQuery(
                            "SELECT * FROM retrieval.generations WHERE state <> 'dropped' ORDER BY id")
                    .map((row, context) -> row(row))
                    .list();
            for (GenerationRow row : left) {
                if (!row.generation()
                        .recipe()
                        .analyserVersion()
                        .equals(make.recipe().analyserVersion())) {
                    succeed(handle, row, make.recipe().analyserVersion());
                }
            }
            return active(handle).orElseGet(() -> first(handle, make));
        });
    }

    private Generation first(Handle handle, Make make) {
        Generation first = insert(handle, make, GenerationState.ACTIVE, null, null, null);
        createVectorTable(handle, first);
        createGraph(handle, first, "");
        return first;
    }

    private void succeed(Handle handle, GenerationRow old, String analyser) {
        Generation before = old.generation();
        setState(handle, before, GenerationState.DROPPED);
        Make make = new Make(before.recipe().analysedBy(analyser), before.kernel(), before.dimension());
        Generation after = insert(handle, make, old.state(), old.begunBy(), before.vectors(), before.cut());
        // Whether it was ever searched decides what becomes of it where it is given up.
        handle.createUpdate("UPDATE retrieval.generations SET activated_at ="
                        + " (SELECT activated_at FROM retrieval.generations WHERE id = :before)"
                        + " WHERE id = :after AND activated_at IS NULL")
                .bind("before", before.id())
                .bind("after", after.id())
                .execute();
    }

    /**
     * Begins a generation beside the active one, with a table of vectors of its own.
     *
     * @param by id of the principal who wants it
     * @param cut of the passages that it shares, or null for passages of its own
     */
    public Generation begin(Handle handle, Make make, String by, @Nullable Integer cut) {
        lockAlone(handle);
        Generation begun = insert(handle, make, GenerationState.BUILDING, by, null, cut);
        createVectorTable(handle, begun);
        return begun;
    }

    private Generation insert(
            Handle handle,
            Make make,
            GenerationState state,
            @Nullable String by,
            @Nullable Integer vectors,
            @Nullable Integer cut) {
        int id = handle.createQuery("SELECT nextval(pg_get_serial_sequence('retrieval.generations', 'id'))")
                .mapTo(Integer.class)
                .one();
        Generation generation = new Generation(
                id,
                "g" + id + "-" + digest(make.recipe(), make.kernel()),
                make.recipe(),
                make.kernel(),
                make.dimension(),
                vectors == null ? id : vectors,
                cut == null ? id : cut);
        handle.createUpdate("""
                INSERT INTO retrieval.generations
                    (id, name, embedder_sha256, embedder_kernel, dimension, chunker_version, analyser_version,
                     embedding_version, state, vectors, cut, begun_by, created_at, activated_at)
                OVERRIDING SYSTEM VALUE
                VALUES (:id, :name, :embedder, :kernel, :dimension, :chunker, :analyser, :embedding, :state, :vectors,
                        :cut, :by, :now, CASE WHEN :state = 'active' THEN CAST(:now AS timestamptz) END)
                """)
                .bind("id", id)
                .bind("name", generation.name())
                .bind("embedder", make.recipe().embedderSha256())
                .bind("kernel", make.kernel())
                .bind("dimension", make.dimension())
                .bind("chunker", make.recipe().chunkerVersion())
                .bind("analyser", make.recipe().analyserVersion())
                .bind("embedding", make.recipe().embeddingVersion())
                .bind("state", state.word())
                .bind("vectors", generation.vectors())
                .bind("cut", generation.cut())
                .bind("by", by)
                .bind("now", OffsetDateTime.now(clock))
                .execute();
        return generation;
    }

    public void setState(Handle handle, Generation generation, GenerationState state) {
        handle.createUpdate("UPDATE retrieval.generations SET state = :state, failure = NULL WHERE id = :id")
                .bind("state", state.word())
                .bind("id", generation.id())
                .execute();
    }

    /** Why the making of it halts, or null where it goes on. */
    public void setFailure(Generation generation, @Nullable String failure) {
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE retrieval.generations SET failure = :failure"
                        + " WHERE id = :id AND failure IS DISTINCT FROM :failure")
                .bind("failure", failure)
                .bind("id", generation.id())
                .execute());
    }

    /** Lets searches go to another generation, once this commits. The caller holds {@link #lockAlone}. */
    public void switchTo(Handle handle, Generation next) {
        Generation before = active(handle).orElseThrow();
        setState(handle, before, GenerationState.RETIRED);
        setState(handle, next, GenerationState.ACTIVE);
        handle.createUpdate("UPDATE retrieval.generations SET activated_at = :now WHERE id = :id")
                .bind("now", OffsetDateTime.now(clock))
                .bind("id", next.id())
                .execute();
        if (!next.sharesPassagesWith(before)) {
            handle.createUpdate("""
                            UPDATE retrieval.documents d SET passages = p.passages
                            FROM (SELECT document, count(*) AS passages FROM retrieval.passages
                                  WHERE cut = :cut GROUP BY document) p
                            WHERE p.document = d.id AND d.passages <> p.passages
                            """).bind("cut", next.cut()).execute();
        }
    }

    /**
     * Frees the vectors of a generation, as far as no other has them too, and marks its passages as {@link Leftovers}.
     * Searches wait until the commit, since the table of vectors hangs on that of passages: so call it last.
     *
     * @throws org.jdbi.v3.core.statement.UnableToExecuteStatementException with the state 55P03 where somebody reads
     *     passages for longer than searches can wait
     */
    public void drop(Handle handle, Generation generation) {
        lockAlone(handle);
        setState(handle, generation, GenerationState.DROPPED);
        if (!isUsed(handle, "cut", generation.cut())) {
            handle.execute("UPDATE retrieval.generations SET leftovers = true WHERE id = ?", generation.id());
        }
        if (!isUsed(handle, "vectors", generation.vectors())) {
            handle.execute("SET LOCAL lock_timeout = '3s'");
            handle.execute("DROP TABLE " + generation.vectorTable());
        }
    }

    private static boolean isUsed(Handle handle, String column, int id) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM retrieval.generations WHERE " + column
                        + " = :id AND state <> 'dropped')")
                .bind("id", id)
                .mapTo(Boolean.class)
                .one();
    }

    private static void createVectorTable(Handle handle, Generation generation) {
        handle.execute("CREATE TABLE " + generation.vectorTable() + """
                 (passage bigint PRIMARY KEY REFERENCES retrieval.passages ON DELETE CASCADE,
                  document uuid NOT NULL,
                  marking bigint NOT NULL,
                  embedding halfvec(%d) NOT NULL)""".formatted(generation.dimension()));
        handle.execute("CREATE INDEX ON " + generation.vectorTable() + " (marking)");
    }

    /**
     * Makes the graph over vectors that are there already, which is quicker than letting it grow with each. Documents
     * can be deleted and marked meanwhile. What an earlier attempt left half done is made again.
     */
    public void makeGraph(Generation generation) {
        jdbi.useHandle(handle -> {
            handle.execute("DROP INDEX IF EXISTS retrieval." + graph(generation));
            makes(handle.createQuery("SELECT pg_backend_pid()")
                    .mapTo(Integer.class)
                    .one());
            try {
                createGraph(handle, generation, "CONCURRENTLY ");
            } finally {
                makes(null);
            }
        });
    }

    private void makes(@Nullable Integer process) {
        making.lock();
        try {
            maker = process;
        } finally {
            making.unlock();
        }
    }

    /** Ends the making of a graph, where one is under way: {@link #makeGraph} throws then. */
    public void stopGraph() {
        making.lock();
        try {
            Integer process = maker;
            if (process != null) {
                jdbi.useHandle(handle -> handle.execute("SELECT pg_cancel_backend(?)", process));
            }
        } finally {
            making.unlock();
        }
    }

    /** Whether its graph was made whole. */
    public boolean hasGraph(Generation generation) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT EXISTS (SELECT 1 FROM pg_index i JOIN pg_am a ON a.amname = 'hnsw'
                                       JOIN pg_class c ON c.oid = i.indexrelid AND c.relam = a.oid
                                       WHERE i.indrelid = CAST(:table AS regclass) AND i.indisvalid)
                        """)
                .bind("table", generation.vectorTable())
                .mapTo(Boolean.class)
                .one());
    }

    /** Vectors have length 1, so the inner product orders as the cosine does and costs less. */
    private static void createGraph(Handle handle, Generation generation, String how) {
        handle.execute("CREATE INDEX " + how + graph(generation) + " ON " + generation.vectorTable()
                + " USING hnsw (embedding halfvec_ip_ops) WITH (m = 16, ef_construction = 100)");
    }

    private static String graph(Generation generation) {
        return "vectors_" + generation.vectors() + "_graph";
    }

    private static GenerationRow row(ResultSet row) throws SQLException {
        return new GenerationRow(
                generation(row),
                GenerationState.of(row.getString("state")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("begun_by"),
                row.getString("failure"),
                instant(row.getObject("activated_at", OffsetDateTime.class)));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static Generation generation(ResultSet row) throws SQLException {
        return new Generation(
                row.getInt("id"),
                row.getString("name"),
                new Generation.Recipe(
                        row.getString("embedder_sha256"),
                        row.getString("chunker_version"),
                        row.getString("analyser_version"),
                        row.getString("embedding_version")),
                row.getString("embedder_kernel"),
                row.getInt("dimension"),
                row.getInt("vectors"),
                row.getInt("cut"));
    }

    private static String digest(Generation.Recipe recipe, String kernel) {
        try {
            String text = String.join(
                    "\n",
                    recipe.embedderSha256(),
                    kernel,
                    recipe.chunkerVersion(),
                    recipe.analyserVersion(),
                    recipe.embeddingVersion());
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java cannot do SHA-256", e);
        }
    }
}
