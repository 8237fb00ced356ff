package org.cartulary.retrieval.quote;

import java.util.regex.Pattern;

/**
 * Questions whether one thing has to do with another, and sentences that tell what came of looking into it. Rules have no such
 * sentences, reports and studies have, among many that merely describe what was done. English only.
 */
final class Outcome {
    private static final Pattern ASKED = Pattern.compile(
            "^(?!.*\\b(?:who|whom|whose|when|where|why|how|what|which)\\b).*"
                    + "\\b(?:do|does|did|is|are|was|were|can|could|may|might|should|will|would|has|have)\\b",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern TOLD = Pattern.compile(
            "\\bp\\s?[<=>\u2264]\\s?0?[.,]\\d|\\b(?:odds|hazard|risk) ratio|\\b95\\s?% ?(?:ci|confidence)"
                    + "|\\bsignificant(?:ly)?\\b|\\bcorrelat(?:ed|es|ion)\\b"
                    + "|\\b(?:associated|consistent|in agreement) with\\b|\\bassociation (?:was|between)\\b"
                    + "|\\bno (?:\\w+ ){0,2}(?:difference|association|correlation|effect|evidence|change|benefit|impact)s?\\b"
                    + "|\\b(?:did|does|do|was|were) not (?:differ|change|affect|influence|improve|increase|reduce|predict|match)"
                    + "|\\b(?:higher|lower|greater|less|more|fewer|better|worse|longer|shorter|larger|smaller)\\b"
                    + "[^.]{0,60}\\bthan\\b(?! (?:\\d|one|two|three|four|five|six|seven|eight|nine|ten|half|a)\\b| \\d)"
                    + "|\\b(?:we|was|were|results?|findings?|analysis) (?:\\w+ )?"
                    + "(?:found|conclude|show(?:ed|s)?|suggest(?:ed|s)?|indicate[ds]?"
                    + "|demonstrate[ds]?|reveal(?:ed|s)?)\\b",
            Pattern.CASE_INSENSITIVE);

    private Outcome() {}

    /** Whether a question can be answered by yes or no. */
    static boolean askedBy(String question) {
        return ASKED.matcher(question).find();
    }

    /** Whether a sentence tells what came of it. */
    static boolean toldBy(String sentence) {
        return TOLD.matcher(sentence).find();
    }
}
