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
 * "it" and say little else, and those of a word or two. Such a one is joined with the content words of the question before,
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
    private static final Pattern SPEAKS_OF_SOMETHING = Pattern.compile(
            "(?iU)\\b(?:it|its|they|them|their|theirs|he|she|him|his|her|hers|this|that|these|those|there|one|ones|same|"
                    + "es|er|sie|ihn|ihm|ihr|ihre|ihren|ihnen|das|dies|diese|dieser|dieses|dort|davon|daf\u00fcr|damit|dazu|"
                    + "darauf|dar\u00fcber|dasselbe|derselbe|dieselbe)\\b");
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
        Set<String> added = content(earlier.getLast()).stream()
                .filter(word -> !own.containsAll(Analysis.terms(word)))
                .limit(MOST_ADDED)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return added.isEmpty() ? Optional.empty() : Optional.of(question.strip() + " " + String.join(" ", added));
    }

    private static boolean standsAlone(String question) {
        int content = content(question).size();
        boolean leans = GOES_ON.matcher(question).matches()
                || SPEAKS_OF_SOMETHING.matcher(question).find();
        return content > LITTLE || (content > 1 && !leans);
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
