package org.cartulary.retrieval.generation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** Finds or begins the generation that is searched. Thread-safe. */
public final class Generations {
    /** An arbitrary constant: two processes that start at once must not begin the same generation. */
    private static final long LOCK = 0x43544C47454E53L;

    private final Jdbi jdbi;
    private final Clock clock;

    public Generations(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * The active generation, begun now when there is none.
     *
     * @param kernel the engine and CPU variant of the embedder
     * @param dimension length of the embedder's vectors
     * @throws GenerationMismatch when the active one was made otherwise
     */
    public Generation activate(Generation.Recipe recipe, String kernel, int dimension) {
        return jdbi.inTransaction(handle -> {
            handle.execute("SELECT pg_advisory_xact_lock(?)", LOCK);
            Optional<Generation> active = active(handle);
            if (active.isPresent()) {
                return requireSame(active.get(), recipe);
            }
            return begin(handle, recipe, kernel, dimension);
        });
    }

    private static Generation requireSame(Generation active, Generation.Recipe recipe) {
        if (!active.recipe().equals(recipe)) {
            throw new GenerationMismatch(active, recipe);
        }
        return active;
    }

    private static Optional<Generation> active(Handle handle) {
        return handle.createQuery("SELECT * FROM retrieval.generations WHERE active")
                .map(Generations::read)
                .findOne();
    }

    private Generation begin(Handle handle, Generation.Recipe recipe, String kernel, int dimension) {
        int id = handle.createQuery("SELECT nextval(pg_get_serial_sequence('retrieval.generations', 'id'))")
                .mapTo(Integer.class)
                .one();
        Generation generation = new Generation(id, "g" + id + "-" + digest(recipe, kernel), recipe, kernel, dimension);
        handle.createUpdate("""
                INSERT INTO retrieval.generations
                    (id, name, embedder_sha256, embedder_kernel, dimension, chunker_version, analyser_version,
                     embedding_version, active, created_at)
                OVERRIDING SYSTEM VALUE
                VALUES (:id, :name, :embedder, :kernel, :dimension, :chunker, :analyser, :embedding, true, :now)
                """)
                .bind("id", id)
                .bind("name", generation.name())
                .bind("embedder", recipe.embedderSha256())
                .bind("kernel", kernel)
                .bind("dimension", dimension)
                .bind("chunker", recipe.chunkerVersion())
                .bind("analyser", recipe.analyserVersion())
                .bind("embedding", recipe.embeddingVersion())
                .bind("now", OffsetDateTime.now(clock))
                .execute();
        createVectorTable(handle, generation);
        return generation;
    }

    /** Vectors have length 1, so the inner product orders as the cosine does and costs less. */
    private static void createVectorTable(Handle handle, Generation generation) {
        handle.execute("CREATE TABLE " + generation.vectorTable() + """
                 (passage bigint PRIMARY KEY REFERENCES retrieval.passages ON DELETE CASCADE,
                  document uuid NOT NULL,
                  marking bigint NOT NULL,
                  embedding halfvec(%d) NOT NULL)""".formatted(generation.dimension()));
        handle.execute("CREATE INDEX ON " + generation.vectorTable() + " (marking)");
        handle.execute("CREATE INDEX ON " + generation.vectorTable()
                + " USING hnsw (embedding halfvec_ip_ops) WITH (m = 16, ef_construction = 100)");
    }

    private static Generation read(ResultSet row, StatementContext context) throws SQLException {
        return new Generation(
                row.getInt("id"),
                row.getString("name"),
                new Generation.Recipe(
                        row.getString("embedder_sha256"),
                        row.getString("chunker_version"),
                        row.getString("analyser_version"),
                        row.getString("embedding_version")),
                row.getString("embedder_kernel"),
                row.getInt("dimension"));
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
