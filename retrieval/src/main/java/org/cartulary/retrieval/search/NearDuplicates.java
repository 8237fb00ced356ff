package org.cartulary.retrieval.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cartulary.retrieval.lexical.Analysis;

/**
 * Tells whether a passage says nearly what an earlier one said, by the share of runs of three terms that they have in
 * common (Jaccard, Broder 1997). Used by one thread.
 */
final class NearDuplicates {
    private static final int RUN = 3;
    private static final double SAME = 0.9;

    private final List<Set<String>> seen = new ArrayList<>();

    /** Whether it repeats an earlier one; if not, it counts as earlier from now on. */
    boolean repeats(String text) {
        Set<String> runs = runs(text);
        for (Set<String> earlier : seen) {
            if (alike(runs, earlier)) {
                return true;
            }
        }
        seen.add(runs);
        return false;
    }

    private static boolean alike(Set<String> a, Set<String> b) {
        int smaller = Math.min(a.size(), b.size());
        int greater = Math.max(a.size(), b.size());
        if (smaller < SAME * greater) {
            return false;
        }
        long common = a.stream().filter(b::contains).count();
        return common >= SAME * (a.size() + b.size() - common);
    }

    /** Numbers stay in the runs: two passages that differ in a dose alone are two passages where that matters most. */
    private static Set<String> runs(String text) {
        List<String> terms = Analysis.terms(text);
        Set<String> runs = new HashSet<>();
        for (int i = 0; i + RUN <= terms.size(); i++) {
            runs.add(String.join(" ", terms.subList(i, i + RUN)));
        }
        if (runs.isEmpty()) {
            runs.add(String.join(" ", terms));
        }
        return runs;
    }
}
