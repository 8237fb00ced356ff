package org.cartulary.retrieval.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cartulary.retrieval.language.Denials;
import org.cartulary.retrieval.quantity.Quantities;
import org.cartulary.retrieval.quantity.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a passage says nearly what an earlier one said, by the share of runs of three words that they have in
 * common. Passages never repeat one another where the figures in their order, or what each counts, or
 * their denials differ: two versions of a rule that differ in a dose alone are two passages where that matters most. Numbers
 * written as words are told apart in English alone. Used by one thread.
 */
final class NearDuplicates {
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
        Told told = new Told(hit);
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
        private final Shingles shingles;
        private final Once<List<String>> figures;
        private final Once<List<Quantity>> quantities;
        private final Once<List<String>> denials;

        /** In the order in which they tell passages apart most quickly. */
        Told(Hit hit) {
            this.shingles = Shingles.of(hit.text());
            this.figures = new Once<>(() -> NearDuplicates.figures(hit.text()));
            this.quantities = new Once<>(() -> Quantities.in(hit.text()));
            this.denials = new Once<>(() -> Denials.in(hit.text(), hit.language()));
        }

        /** Figures in their order, each with the word behind it; units, and small numbers written as words; denials. */
        boolean repeats(Told earlier) {
            return shingles.alike(earlier.shingles, SAME)
                    && figures.get().equals(earlier.figures.get())
                    && denials.get().equals(earlier.denials.get())
                    && quantities.get().equals(earlier.quantities.get());
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

    /** Read when it is first asked for. */
    private static final class Once<T> {
        private final Supplier<T> reading;
        private @Nullable T read;

        Once(Supplier<T> reading) {
            this.reading = reading;
        }

        T get() {
            T known = read == null ? reading.get() : read;
            read = known;
            return known;
        }
    }
}
