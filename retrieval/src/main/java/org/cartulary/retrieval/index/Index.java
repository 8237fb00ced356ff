package org.cartulary.retrieval.index;

import java.nio.file.Path;
import org.cartulary.inference.Embedder;
import org.cartulary.retrieval.dense.VectorIndex;
import org.cartulary.retrieval.generation.Generation;
import org.cartulary.retrieval.lexical.LexicalIndex;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** A generation, open: its words, its vectors, and the embedder that makes them. Thread-safe. */
public final class Index implements AutoCloseable {
    private final Path home;
    private final Generation generation;
    private final Embedders.@Nullable Running embedder;
    private final LexicalIndex lexical;
    private final VectorIndex vectors;

    private Index(Path home, Generation generation, Embedders.@Nullable Running embedder, LexicalIndex lexical) {
        this.home = home;
        this.generation = generation;
        this.embedder = embedder;
        this.lexical = lexical;
        this.vectors = new VectorIndex(generation);
    }

    /**
     * Opens a generation; its words are indexed again where they have to be.
     *
     * @param embedder closed with it; null where only what was embedded before will be searched for
     */
    public static Index open(Jdbi jdbi, Path home, Generation generation, Embedders.@Nullable Running embedder) {
        return new Index(home, generation, embedder, LexicalIndex.open(jdbi, home, generation));
    }

    public Generation generation() {
        return generation;
    }

    /**
     * What makes its vectors.
     *
     * @throws IllegalStateException when it was opened without one
     */
    public Embedder embedder() {
        if (embedder == null) {
            throw new IllegalStateException("The index " + generation.name() + " was opened without its embedder");
        }
        return embedder.embedder();
    }

    public LexicalIndex lexical() {
        return lexical;
    }

    public VectorIndex vectors() {
        return vectors;
    }

    /** For when nothing searches it any more. */
    @Override
    public void close() {
        lexical.close();
        endEmbedder();
    }

    /**
     * For when others are searched from now on. The folder of its words goes: nothing would follow what is deleted from it.
     * It is made again out of PostgreSQL when it is opened.
     */
    void leaveFiles() {
        lexical.close();
        LexicalIndex.delete(home, generation);
    }

    /** Takes as long as calls of others to it are under way. */
    void endEmbedder() {
        if (embedder != null) {
            embedder.close();
        }
    }
}
