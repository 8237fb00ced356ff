package org.cartulary.retrieval.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/**
 * Keeps one long document from filling the list: where it has half of the last ten hits already, its next one lets
 * hits of other documents go first that score nearly as much. Nothing is left out. Stateless.
 */
final class Variety {
    /** How far it looks ahead; a list must be read that much further for its order not to depend on its length. */
    static final int AHEAD = 20;

    private static final int WINDOW = 10;
    private static final int OF_ONE_DOCUMENT = 5;
    private static final double NEARLY = 0.8;

    private Variety() {}

    /**
     * Orders hits.
     *
     * @param hits best first
     * @param limit how many are wanted
     */
    static List<Hit> of(List<Hit> hits, int limit) {
        List<Hit> left = new ArrayList<>(hits);
        List<Hit> chosen = new ArrayList<>(Math.min(limit, hits.size()));
        Deque<UUID> last = new ArrayDeque<>();
        while (!left.isEmpty() && chosen.size() < limit) {
            Hit next = left.remove(next(left, last));
            chosen.add(behind(chosen, next));
            last.addLast(next.document());
            if (last.size() >= WINDOW) {
                last.removeFirst();
            }
        }
        return chosen;
    }

    /** One that let others go first counts no more than they do: the order of a list is that of its scores. */
    private static Hit behind(List<Hit> chosen, Hit next) {
        double least = chosen.isEmpty() ? 1 : chosen.getLast().scores().ranked();
        return next.scores().ranked() <= least
                ? next
                : next.scored(next.scores().rankedBy(least));
    }

    private static int next(List<Hit> left, Deque<UUID> last) {
        double least = NEARLY * left.getFirst().scores().ranked();
        for (int i = 0; i < Math.min(AHEAD, left.size()); i++) {
            Hit hit = left.get(i);
            long ofIts = last.stream().filter(hit.document()::equals).count();
            if (ofIts < OF_ONE_DOCUMENT && hit.scores().ranked() >= least) {
                return i;
            }
        }
        return 0;
    }
}
