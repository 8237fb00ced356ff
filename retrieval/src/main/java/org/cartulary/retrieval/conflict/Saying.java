package org.cartulary.retrieval.conflict;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cartulary.retrieval.citation.Claim;
import org.cartulary.retrieval.lexical.Analysis;
import org.cartulary.retrieval.quantity.ClockTimes;
import org.cartulary.retrieval.quantity.Quantity;

/**
 * What a sentence says, as far as it can be compared with what another says.
 *
 * @param words content words, without figures
 * @param names words that tell one subject from another: codes, and capitalised words within a sentence
 * @param around words of the sentence, its headings and its document's title
 * @param amounts by unit, each in the base unit of its kind with how it stands there
 */
record Saying(
        Set<String> words,
        Set<String> names,
        Set<String> around,
        Map<String, Map<Quantity, String>> amounts,
        Set<LocalTime> times,
        boolean denies) {
    private static final int LEAST_COMMON = 2;
    private static final double ALIKE = 0.6;
    private static final double NEARLY_SAME = 0.75;

    private static final Pattern NAME = Pattern.compile(
            "(?<=[\\p{L}\\d,;:]\\s)\\p{Lu}[\\p{L}\\d-]*|\\b(?=\\w*\\d)(?=\\w*\\p{L})[\\p{L}\\d-]{2,}\\b");

    /**
     * Whoever says one thing for one side and another for the other side contradicts nobody. As the analyser has them, which
     * parts "full-time" into two words: single words alone, and none that stands on both sides.
     */
    static final List<List<Set<String>>> SIDES = List.of(
            List.of(
                    terms("adult adults"),
                    terms("child children paediatric pediatric infant infants neonate newborn baby")),
            List.of(terms("weekday weekdays"), terms("weekend weekends sunday saturday holiday holidays")),
            List.of(terms("minimum least"), terms("maximum most")),
            List.of(terms("day daytime"), terms("night overnight")),
            List.of(terms("inpatient"), terms("outpatient")),
            List.of(terms("man men male"), terms("woman women female pregnant")),
            List.of(terms("oral orally mouth tablet"), terms("intravenous intravenously iv infusion injection")),
            List.of(terms("first initial loading"), terms("maintenance further repeat second")),
            List.of(terms("full"), terms("part")));

    static Saying of(String sentence, String headings, String language) {
        Claim claim = Claim.of(sentence, language);
        Set<String> words = new HashSet<>(claim.words());
        words.removeIf(word -> word.chars().allMatch(sign -> Character.isDigit(sign) || sign == '.' || sign == ':'));
        Set<String> names = new TreeSet<>();
        Matcher matcher = NAME.matcher(sentence);
        while (matcher.find()) {
            names.addAll(Analysis.terms(matcher.group()));
        }
        Map<String, Map<Quantity, String>> amounts = new TreeMap<>();
        for (Quantity quantity : claim.quantities()) {
            Quantity base = quantity.inBaseUnit();
            if (base.unit() != null) {
                amounts.computeIfAbsent(base.unit(), unit -> new LinkedHashMap<>())
                        .put(base, quantity.toString());
            }
        }
        Set<String> around = new HashSet<>(Analysis.terms(headings));
        around.addAll(words);
        return new Saying(words, names, around, amounts, ClockTimes.in(sentence), claim.denies());
    }

    private static Set<String> terms(String words) {
        return Set.copyOf(new HashSet<>(Analysis.terms(words)));
    }

    /** In what two sayings on the same matter differ; empty where they do not, or are about different matters. */
    Optional<String> difference(Saying other) {
        if (!onTheSameMatter(other)) {
            return Optional.empty();
        }
        List<String> differences = new ArrayList<>();
        amounts.forEach((unit, values) -> {
            Map<Quantity, String> others = other.amounts.getOrDefault(unit, Map.of());
            if (differ(values.keySet(), others.keySet())) {
                differences.add(told(values.values()) + " / " + told(others.values()));
            }
        });
        if (differ(times, other.times)) {
            differences.add(told(times) + " / " + told(other.times));
        }
        if (denies != other.denies && likeness(other) >= NEARLY_SAME) {
            differences.add(denies ? "denied / affirmed" : "affirmed / denied");
        }
        return differences.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", differences));
    }

    private static String told(Collection<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    /** Of two sets of which one has more to say, the other may be a part; of two as large, each value has its like. */
    private static <T> boolean differ(Set<T> one, Set<T> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return false;
        }
        boolean disjoint = one.stream().noneMatch(other::contains);
        return disjoint || (one.size() == other.size() && !one.equals(other));
    }

    private boolean onTheSameMatter(Saying other) {
        return words.stream().filter(other.words::contains).count() >= LEAST_COMMON
                && likeness(other) >= ALIKE
                && !namesApart(other)
                && SIDES.stream().noneMatch(sides -> onBothSides(sides, other));
    }

    /** Share of the shorter one's words that the longer one has, and that both have in common (the mean of the two). */
    private double likeness(Saying other) {
        double common = words.stream().filter(other.words::contains).count();
        double contained = common / Math.max(1, Math.min(words.size(), other.words.size()));
        double shared = common / Math.max(1, words.size() + other.words.size() - common);
        return (contained + shared) / 2;
    }

    private boolean namesApart(Saying other) {
        return names.stream().anyMatch(name -> !other.around.contains(name))
                && other.names.stream().anyMatch(name -> !around.contains(name));
    }

    private boolean onBothSides(List<Set<String>> sides, Saying other) {
        return apart(sides.get(0), sides.get(1), other) || apart(sides.get(1), sides.get(0), other);
    }

    private boolean apart(Set<String> its, Set<String> others, Saying other) {
        return around.stream().anyMatch(its::contains)
                && around.stream().noneMatch(others::contains)
                && other.around.stream().anyMatch(others::contains)
                && other.around.stream().noneMatch(its::contains);
    }
}
