package org.cartulary.retrieval.understanding;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cartulary.retrieval.lexical.Analysis;

/**
 * Questions that cannot stand alone, in English and German: those that go on with "and" or "what about", those that speak of
 * "it" and say little else, and those that begin in the middle, such as "for children?". Such a one is joined with the content words of the question before,
 * which is a rule that anyone can follow; no model is asked.
 */
final class FollowUp {
    /** A question with more content words than this stands alone, whatever pronouns it has. */
    private static final int LITTLE = 4;

    private static final int MOST_ADDED = 30;

    private static final Pattern GOES_ON = Pattern.compile(
            "(?iU)^\\W*(?:and|or|but|also|then|what about|how about|what if|und|oder|aber|auch|dann|was ist mit|wie ist es|"
                    + "wie sieht es|gilt das)\\b.*",
            Pattern.DOTALL);
    private static final Pattern SPEAKS_OF_SOMETHING =
            Pattern.compile("(?iU)\\b(?:it|its|they|them|their|theirs|he|she|him|his|her|hers|these|those|"
                    + "es|er|ihn|ihm|davon|daf\u00fcr|damit|dazu|darauf|dar\u00fcber|dasselbe|derselbe|dieselbe)\\b");
    /** Where these speak of nothing. */
    private static final Pattern EXPLETIVE =
            Pattern.compile("(?iU)\\b(?:is it|it is|it's|was it|ist es|es ist|gibt es|es gibt|geht es|es geht)\\b");
    /** {@code For children?} goes on, where {@code Paracetamol} begins anew. */
    private static final Pattern BEGINS_IN_THE_MIDDLE = Pattern.compile(
            "(?iU)^\\W*(?:for|in|at|on|with|without|during|after|before|f\u00fcr|bei|im|am|mit|ohne|nach|vor)\\b.*",
            Pattern.DOTALL);

    /** Words that ask; they say nothing of what is asked about. */
    private static final Set<String> ASKING = Set.of(
            "what",
            "which",
            "who",
            "whom",
            "whose",
            "when",
            "where",
            "why",
            "how",
            "about",
            "do",
            "does",
            "did",
            "can",
            "could",
            "should",
            "would",
            "may",
            "must",
            "long",
            "much",
            "many",
            "often",
            "i",
            "we",
            "you",
            "was",
            "wer",
            "wie",
            "wo",
            "wann",
            "warum",
            "welche",
            "welcher",
            "welches",
            "mit",
            "und",
            "oder",
            "aber",
            "auch",
            "dann",
            "die",
            "der",
            "das",
            "den",
            "dem",
            "ein",
            "eine",
            "einen",
            "f\u00fcr",
            "auf",
            "darf",
            "muss",
            "kann",
            "ich",
            "wir",
            "lange",
            "viel",
            "viele");

    private FollowUp() {}

    /**
     * What to search beside the question.
     *
     * @param earlier questions of the conversation, the latest last
     * @return the question and content words of the one before; empty where it stands alone
     */
    static Optional<String> of(String question, List<String> earlier) {
        if (earlier.isEmpty() || standsAlone(question)) {
            return Optional.empty();
        }
        Set<String> own = Set.copyOf(Analysis.terms(question));
        // The one before may have leant on yet another.
        String before = earlier.getLast();
        String whole = of(before, earlier.subList(0, earlier.size() - 1)).orElse(before);
        Set<String> added = content(whole).stream()
                .filter(word -> !own.containsAll(Analysis.terms(word)))
                .limit(MOST_ADDED)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return added.isEmpty() ? Optional.empty() : Optional.of(question.strip() + " " + String.join(" ", added));
    }

    private static boolean standsAlone(String question) {
        int content = content(question).size();
        if (content > LITTLE) {
            return true;
        }
        boolean leans = GOES_ON.matcher(question).matches()
                || SPEAKS_OF_SOMETHING
                        .matcher(EXPLETIVE.matcher(question).replaceAll(""))
                        .find()
                || (content <= 3 && BEGINS_IN_THE_MIDDLE.matcher(question).matches());
        return !leans;
    }

    /** Words as they stand, without those that hold sentences together. */
    private static List<String> content(String question) {
        return Analysis.termsAt(question).stream()
                .map(at -> question.substring(at.start(), at.end()))
                .filter(word -> !ASKING.contains(word.toLowerCase(Locale.ROOT)))
                .filter(word -> !SPEAKS_OF_SOMETHING.matcher(word).matches())
                .toList();
    }
}
