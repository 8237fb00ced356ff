package org.cartulary.retrieval.search;

import java.util.ArrayList;
import java.util.Comparator;
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
    /** Above all that a passage can get otherwise. */
    private static final double IDENTIFIERS = 2;

    private static final double NAMED = 0.25;

    private Lift() {}

    /**
     * Ranks passages anew.
     *
     * @param ranked best first
     * @param holding what of the question's identifiers passages hold, 1 for each whole one; all of them, best first
     * @param identifiers how many the question has
     * @param named passages of documents that the question names
     * @return those of both, best first; ties by id; scores from 0 to 1
     */
    static List<Fused> rank(List<Fused> ranked, List<LexicalHit> holding, int identifiers, Set<Long> named) {
        if (holding.isEmpty() && named.isEmpty()) {
            return ranked;
        }
        Map<Long, Fused> all = new HashMap<>();
        ranked.forEach(fused -> all.put(fused.passage(), fused));
        Map<Long, Double> held = new HashMap<>();
        holding.forEach(hit -> held.put(hit.passage(), hit.score() / identifiers));
        held.keySet().forEach(passage -> all.putIfAbsent(passage, new Fused(passage, new Scores(null, null, 0))));
        double most = 1 + (holding.isEmpty() ? 0 : IDENTIFIERS) + (named.isEmpty() ? 0 : NAMED);
        List<Fused> lifted = new ArrayList<>(all.size());
        all.forEach((passage, fused) -> {
            double score = fused.scores().ranked()
                    + IDENTIFIERS * held.getOrDefault(passage, 0.0)
                    + (named.contains(passage) ? NAMED : 0);
            lifted.add(new Fused(passage, fused.scores().rankedBy(score / most)));
        });
        lifted.sort(Comparator.comparingDouble((Fused hit) -> -hit.scores().ranked())
                .thenComparingLong(Fused::passage));
        return lifted;
    }
}
