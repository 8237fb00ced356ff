package org.cartulary.retrieval.answerability;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cartulary.retrieval.lexical.Analysis;

/**
 * The thing that a question's form asks for: "which <em>cream</em>", "the <em>antidote</em> to", "what does a <em>library
 * card</em> cost". A passage on the very subject that never mentions it can hardly answer. English only; a question that
 * none of these forms fits asks for no such thing.
 */
final class Focus {
    private static final String AUXILIARY =
            "(?:is|are|was|were|do|does|did|can|may|must|should|will|would|has|have|had)\\b";
    private static final String WORDS = "((?:[\\p{L}\\p{N}'’-]+\\s+){0,3}?[\\p{L}\\p{N}'’-]+)";
    private static final String TWO_WORDS = "((?:[\\p{L}\\p{N}'’-]+\\s+)??[\\p{L}\\p{N}'’-]+)";
    private static final String ARTICLE = "(?:the|an?|any|our|my)\\s+";
    private static final String PLACE =
            "(?=\\s+(?:of|for|in|on|at|to|with|from|when|that|who|after|before|during)\\b|$)";

    /** What is answered by one of its kind rather than by its name: a temperature by degrees, a month by May. */
    private static final String TOLD_BY_EXAMPLE =
            "kind sort type form part way name number amount quantity sum total share percentage rate price cost fee charge"
                    + " dose dosage time date day night morning evening weekday week month season year hour minute"
                    + " period duration interval deadline frequency limit maximum minimum most least highest lowest first"
                    + " last usual normal exact right correct size length height width depth weight distance speed age"
                    + " temperature strength rule purpose reason difference person people somebody place room";

    private static final Set<String> TOLD = new HashSet<>(Analysis.terms(TOLD_BY_EXAMPLE));
    private static final String EXAMPLES = "(?:" + TOLD_BY_EXAMPLE.replace(' ', '|') + ")s?\\b";

    private static final List<Pattern> FORMS = List.of(
            form("(?:\\p{L}+\\s+)?(?:which|what|whose|how many|how much)\\s+(?!" + AUXILIARY + "|" + EXAMPLES + ")"
                    + TWO_WORDS + "(?=\\s+(?:" + AUXILIARY + "|(?:of|in|for)\\b|\\p{L}+(?:s|ed)\\b)|$)"),
            form("what\\s+(?:is|are|was|were)\\s+(?:" + ARTICLE + ")?" + WORDS + PLACE),
            form("(?:who|how much)\\s+(?:is|are|was|were)\\s+" + ARTICLE + WORDS + PLACE),
            form("(?:what|how much)\\s+(?:do|does|will|would)\\s+(?:" + ARTICLE + ")?((?:[\\p{L}\\p{N}'’-]+\\s+){1,6}?)"
                    + "(?:cost|charge)\\b"),
            form("(?:is|are)\\s+there\\s+(?:" + ARTICLE + ")?" + WORDS + PLACE));

    private Focus() {}

    private static Pattern form(String text) {
        return Pattern.compile("^\\W*" + text, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /** The terms of the thing asked for; none where the form does not tell, or its kind alone is asked for. */
    static Set<String> of(String question) {
        String asked = question.strip().replaceAll("[?!.\\s]+$", "");
        Set<String> terms = new HashSet<>();
        for (Pattern form : FORMS) {
            Matcher fits = form.matcher(asked);
            if (terms.isEmpty() && fits.find()) {
                terms.addAll(Analysis.terms(fits.group(1)));
            }
        }
        terms.removeAll(TOLD);
        return terms;
    }
}
