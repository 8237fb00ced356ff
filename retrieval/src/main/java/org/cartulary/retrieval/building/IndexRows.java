package org.cartulary.retrieval.building;

import java.util.List;
import java.util.Optional;
import org.cartulary.retrieval.generation.GenerationRow;
import org.cartulary.retrieval.generation.GenerationState;
import org.cartulary.retrieval.generation.Generations;
import org.cartulary.retrieval.index.IndexRefused;
import org.jdbi.v3.core.Jdbi;

/** The indexes of an installation as PostgreSQL knows them. Thread-safe. */
public final class IndexRows {
    private final Jdbi jdbi;
    private final Generations generations;

    IndexRows(Jdbi jdbi, Generations generations) {
        this.jdbi = jdbi;
        this.generations = generations;
    }

    /** Every generation there was, the first one first. */
    public List<IndexStatus> list() {
        return generations.list().stream().map(this::status).toList();
    }

    /** The one that is being made, or waits to be switched to. */
    public Optional<IndexStatus> underWay() {
        return candidate().map(this::status);
    }

    /** As {@link #underWay}, without counting. */
    public Optional<GenerationRow> candidate() {
        return jdbi.withHandle(Generations::candidate);
    }

    boolean isGoingOn() {
        return candidate()
                .filter(row -> row.state() == GenerationState.BUILDING && row.failure() == null)
                .isPresent();
    }

    IndexStatus status(GenerationRow row) {
        return new IndexStatus(
                row,
                row.state() == GenerationState.DROPPED
                        ? IndexStatus.Counts.NONE
                        : jdbi.withHandle(handle -> Backfill.counts(handle, row.generation())));
    }

    /** @throws IndexRefused when there is no such index */
    GenerationRow require(String name) {
        return generations
                .named(name)
                .orElseThrow(() -> new IndexRefused("There is no index " + name + ": index list names all."));
    }
}
