package org.cartulary.retrieval.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cartulary.retrieval.lexical.LexicalHit;

/**
 * Puts passages first that hold the identifiers of a question, and favours the documents that it names. Whoever asks for a
 * paragraph or a drug code wants that and no other, however alike another sounds.
 */
final class Lift {
    /** Where a question has no identifiers and names no documents. */
    static final Lift NONE = new Lift(List.of(), Map.of(), Set.of());

    /** Above all that a passage can get otherwise. */
    private static final double IDENTIFIERS = 2;

    private static final double NAMED = 0.25;

    private final List<Fused> ranked;
    private final Map<Long, Double> held;
    private final Set<Long> named;
    private final Map<Long, Double> own = new HashMap<>();

    private Lift(List<Fused> ranked, Map<Long, Double> held, Set<Long> named) {
        this.ranked = ranked;
        this.held = held;
        this.named = named;
        if (!changesNothing()) {
            ranked.forEach(fused -> own.put(fused.passage(), fused.scores().ranked()));
        }
    }

    /**
     * What lifts passages.
     *
     * @param ranked best first
     * @param holding what of the question's identifiers passages hold, 1 for each whole one; all of them, best first
     * @param identifiers how many the question has
     * @param named passages of documents that the question names
     */
    static Lift of(List<Fused> ranked, List<LexicalHit> holding, int identifiers, Set<Long> named) {
        Map<Long, Double> held = new HashMap<>();
        holding.forEach(hit -> held.put(hit.passage(), hit.score() / identifiers));
        return new Lift(ranked, held, named);
    }

    private boolean changesNothing() {
        return held.isEmpty() && named.isEmpty();
    }

    /** The passages that were ranked and those that hold an identifier, best first; ties by id; scores from 0 to 1. */
    List<Fused> rank() {
        if (changesNothing()) {
            return ranked;
        }
        Map<Long, Fused> all = new HashMap<>();
        ranked.forEach(fused -> all.put(fused.passage(), fused));
        held.keySet().forEach(passage -> all.putIfAbsent(passage, new Fused(passage, new Scores(null, null, 0))));
        List<Fused> lifted = new ArrayList<>(all.size());
        all.forEach((passage, fused) -> lifted.add(new Fused(
                passage, fused.scores().rankedBy(lifted(passage, fused.scores().ranked())))));
        lifted.sort(Fused.BEST_FIRST);
        return lifted;
    }

    /** What a hit was ranked by before it was lifted. */
    double own(Hit hit) {
        return changesNothing() ? hit.scores().ranked() : own.getOrDefault(hit.passage(), 0.0);
    }

    /**
     * A score with what lifts its passage.
     *
     * @param score from 0 to 1
     * @return from 0 to 1
     */
    double lifted(long passage, double score) {
        double most = 1 + (held.isEmpty() ? 0 : IDENTIFIERS) + (named.isEmpty() ? 0 : NAMED);
        double lift = IDENTIFIERS * held.getOrDefault(passage, 0.0) + (named.contains(passage) ? NAMED : 0);
        return (score + lift) / most;
    }
}
