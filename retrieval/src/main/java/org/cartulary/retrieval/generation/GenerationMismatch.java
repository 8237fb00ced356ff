package org.cartulary.retrieval.generation;

/** The installed embedder, chunker or analyser is not the one that the stored index was made with. */
public final class GenerationMismatch extends RuntimeException {
    GenerationMismatch(Generation active, Generation.Recipe installed) {
        super("The index was made with " + active.recipe() + ", but installed is " + installed
                + ": install what it was made with, or start on a fresh home and ingest the documents again.");
    }
}
