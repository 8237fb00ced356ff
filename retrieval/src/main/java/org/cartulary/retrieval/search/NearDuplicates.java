package org.cartulary.retrieval.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cartulary.retrieval.language.Denials;
import org.cartulary.retrieval.lexical.Analysis;
import org.cartulary.retrieval.quantity.Quantities;
import org.cartulary.retrieval.quantity.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a passage says nearly what an earlier one said, by the share of runs of three terms that they have in
 * common (Jaccard, Broder 1997). Passages never repeat one another where the figures in their order, or what each counts, or
 * their denials differ: two versions of a rule that differ in a dose alone are two passages where that matters most. Numbers
 * written as words are told apart in English alone. Used by one thread.
 */
final class NearDuplicates {
    private static final int RUN = 3;
    private static final double SAME = 0.9;
    /** A run of signs, what stands before it, and the word or sign behind. */
    private static final Pattern RUN_OF_SIGNS =
            Pattern.compile("(?<before>[<>\u2264\u2265\u00b1+\u2212]?)\\s?(?<run>[\\p{L}\\p{N}.,:/-]++)"
                    + "(?=\\s?(?<behind>[%\u2030\u20ac$\u00a3]|\u00b0\\s?\\p{L}?|[\\p{L}\u00b5]+)?)");

    private static final Pattern LAST_STOPS = Pattern.compile("[.,:/-]++$");

    private final Set<String> texts = new HashSet<>();
    private final List<Told> seen = new ArrayList<>();

    /** Whether it repeats an earlier one; if not, it counts as earlier from now on. */
    boolean repeats(Hit hit) {
        if (!texts.add(hit.text())) {
            return true;
        }
        Told told = Told.by(hit);
        for (Told earlier : seen) {
            if (told.repeats(earlier)) {
                return true;
            }
        }
        seen.add(told);
        return false;
    }

    /** What a passage says; most differ in their words already, so that the rest is read only where it has to be. */
    private static final class Told {
        private final Hit hit;
        private final Set<String> runs;
        private @Nullable Particulars particulars;

        private Told(Hit hit, Set<String> runs) {
            this.hit = hit;
            this.runs = runs;
        }

        static Told by(Hit hit) {
            return new Told(hit, runsOf(Analysis.terms(hit.text())));
        }

        boolean repeats(Told earlier) {
            return alike(runs, earlier.runs) && particulars().equals(earlier.particulars());
        }

        private Particulars particulars() {
            Particulars read = particulars == null ? Particulars.of(hit) : particulars;
            particulars = read;
            return read;
        }
    }

    /**
     * What passages must agree in to be the same.
     *
     * @param figures in their order, each with the word behind it
     * @param quantities those of them that have a unit, and small numbers written as words
     * @param denials in their order
     */
    private record Particulars(List<String> figures, List<Quantity> quantities, List<String> denials) {
        static Particulars of(Hit hit) {
            return new Particulars(
                    NearDuplicates.figures(hit.text()),
                    Quantities.in(hit.text()),
                    Denials.in(hit.text(), hit.language()));
        }
    }

    /** {@code 5 mg} and {@code 5mg} are the same. */
    private static List<String> figures(String text) {
        List<String> figures = new ArrayList<>();
        if (text.chars().noneMatch(Character::isDigit)) {
            return figures;
        }
        Matcher signs = RUN_OF_SIGNS.matcher(text);
        while (signs.find()) {
            String run = signs.group("run");
            if (run.chars().anyMatch(Character::isDigit)) {
                String figure = LAST_STOPS.matcher(run).replaceFirst("");
                String behind = signs.group("behind");
                boolean counts = behind != null && Character.isDigit(run.charAt(run.length() - 1));
                figures.add((signs.group("before") + figure + (counts ? behind : "")).toLowerCase(Locale.ROOT));
            }
        }
        return figures;
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
