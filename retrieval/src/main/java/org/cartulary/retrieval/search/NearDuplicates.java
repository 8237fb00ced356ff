package org.cartulary.retrieval.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.cartulary.retrieval.lexical.Analysis;

/**
 * Tells whether a passage says nearly what an earlier one said, by the share of runs of three terms that they have in
 * common (Jaccard, Broder 1997). Passages with other figures, or more denials, never repeat one another: two versions of a
 * rule that differ in a dose alone are two passages where that matters most. Used by one thread.
 */
final class NearDuplicates {
    private static final int RUN = 3;
    private static final double SAME = 0.9;
    private static final Pattern DENIAL = Pattern.compile(
            "\\b(?:not|no|never|none|without|cannot|nor|neither|except|unless)\\b|n['’]t\\b", Pattern.CASE_INSENSITIVE);

    private final List<Told> seen = new ArrayList<>();

    /** Whether it repeats an earlier one; if not, it counts as earlier from now on. */
    boolean repeats(String text) {
        Told told = Told.by(text);
        for (Told earlier : seen) {
            if (told.repeats(earlier)) {
                return true;
            }
        }
        seen.add(told);
        return false;
    }

    private record Told(Set<String> runs, Set<String> figures, long denials) {
        static Told by(String text) {
            List<String> terms = Analysis.terms(text);
            Set<String> figures = new HashSet<>();
            for (String term : terms) {
                if (term.chars().anyMatch(Character::isDigit)) {
                    figures.add(term);
                }
            }
            return new Told(
                    runsOf(terms), figures, DENIAL.matcher(text).results().count());
        }

        boolean repeats(Told earlier) {
            return denials == earlier.denials && figures.equals(earlier.figures) && alike(runs, earlier.runs);
        }
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

    private static Set<String> runsOf(List<String> terms) {
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
