package org.cartulary.retrieval.building;

import org.cartulary.compliance.identity.Principal;
import org.cartulary.retrieval.generation.GenerationState;
import org.cartulary.retrieval.generation.Generations;
import org.cartulary.retrieval.index.Embedders;
import org.cartulary.retrieval.index.Index;
import org.cartulary.retrieval.index.IndexRefused;
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

    /** The next little of it. False when it has everything. */
    boolean next(Candidate now) throws InterruptedException {
        if (now.embedder == null) {
            now.embedder = on.embedders().start(now.generation.recipe().embedderSha256());
        }
        if (now.backfill == null) {
            now.backfill = new Backfill(
                    on.jdbi(), on.catalog(), on.writer(), now.generation, now.embedder.embedder(), cutting);
        }
        if (now.backfill.step()) {
            return true;
        }
        if (now.index == null) {
            finish(now, now.embedder);
            return true;
        }
        return false;
    }

    /** All of it. */
    void finishAll(Candidate next) {
        try {
            boolean more = true;
            while (more) {
                more = next(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IndexRefused("The switch was interrupted; nothing was changed.", e);
        }
    }

    private void finish(Candidate now, Embedders.Running embedder) {
        if (!generations.hasGraph(now.generation)) {
            generations.makeGraph(now.generation);
        }
        now.index = Index.open(on.jdbi(), on.home(), now.generation, embedder);
        on.jdbi().useTransaction(handle -> {
            generations.setState(handle, now.generation, GenerationState.BUILT);
            evidence.record(handle, Principal.CONSOLE, "index-built", now.generation);
        });
    }
}
