package org.cartulary.retrieval.building;

import org.cartulary.compliance.identity.Principal;
import org.cartulary.retrieval.generation.Generation;
import org.cartulary.retrieval.generation.GenerationState;
import org.cartulary.retrieval.generation.Generations;
import org.cartulary.retrieval.index.Embedders;
import org.cartulary.retrieval.index.Index;
import org.cartulary.retrieval.index.IndexRefused;
import org.cartulary.retrieval.lexical.LexicalIndex;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What is done for an index that is being made, a little at a time. Used under the builder's lock. */
final class CandidateWork {
    private final IndexBuilder.Foundation on;
    private final Generations generations;
    private final IndexEvidence evidence;
    private final @Nullable Cutting cutting;

    /** @param cutting cuts documents again; null where they never are */
    CandidateWork(
            IndexBuilder.Foundation on, Generations generations, IndexEvidence evidence, @Nullable Cutting cutting) {
        this.on = on;
        this.generations = generations;
        this.evidence = evidence;
        this.cutting = cutting;
    }

    /** What is left to do for an index. */
    enum Left {
        /** Some more of the same. */
        MORE,
        /** Its graph, which takes minutes, and so is made by {@link Generations#makeGraph} without the builder's lock. */
        GRAPH,
        NOTHING
    }

    /** Does the next little of it. */
    Left next(Candidate now) throws InterruptedException {
        if (now.embedder == null) {
            now.embedder = on.embedders().start(now.generation.recipe().embedderSha256());
        }
        if (now.backfill == null) {
            now.backfill = new Backfill(
                    on.jdbi(), on.catalog(), on.writer(), now.generation, now.embedder.embedder(), cutting);
        }
        if (now.backfill.step()) {
            return Left.MORE;
        }
        if (now.index != null) {
            return Left.NOTHING;
        }
        if (!generations.hasGraph(now.generation)) {
            return Left.GRAPH;
        }
        finish(now, now.embedder);
        return Left.MORE;
    }

    /** All of it. */
    void finishAll(Candidate next) {
        try {
            Left left = Left.MORE;
            while (left != Left.NOTHING) {
                left = next(next);
                if (left == Left.GRAPH) {
                    generations.makeGraph(next.generation);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IndexRefused("The switch was interrupted; nothing was changed.", e);
        }
    }

    /**
     * Opens it. Its words are made anew: a folder that was left may have passed over changes of documents that had no
     * passages of its cut yet, and that were given them before anything followed.
     */
    private void finish(Candidate now, Embedders.Running embedder) {
        LexicalIndex.delete(on.home(), now.generation);
        Index opened = Index.open(on.jdbi(), on.home(), now.generation, embedder);
        try {
            on.jdbi().useTransaction(handle -> noteBuilt(handle, now.generation));
        } catch (RuntimeException e) {
            opened.lexical().close();
            throw e;
        }
        now.index = opened;
    }

    /** Once, and not again where the appliance was restarted before it was switched to. */
    private void noteBuilt(Handle handle, Generation generation) {
        boolean known = Generations.candidate(handle)
                .filter(row -> row.state() == GenerationState.BUILT)
                .isPresent();
        if (!known) {
            generations.setState(handle, generation, GenerationState.BUILT);
            evidence.record(handle, Principal.CONSOLE, "index-built", generation);
        }
    }
}
