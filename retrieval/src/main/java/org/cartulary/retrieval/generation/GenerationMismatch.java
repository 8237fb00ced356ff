package org.cartulary.retrieval.generation;

/** The embedder that serves is not the one that the active generation was made with. */
public final class GenerationMismatch extends RuntimeException {
    public GenerationMismatch(Generation active, String servingSha256) {
        super("The index " + active.name() + " was made with the embedder "
                + active.recipe().embedderSha256() + ", but " + servingSha256
                + " serves: put the first one back into the model store. To change it, build an index for the new one"
                + " beside the old (deploy/cartulary index build), then switch.");
    }
}
