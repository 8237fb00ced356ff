package org.cartulary.retrieval.quote;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Sentences that say what somebody set out to find, or that it is not known, and not what was found. They repeat the words
 * of a question better than any answer does. English only; a sentence that none of these forms fits is none.
 */
final class Aim {
    private static final String FIND_OUT =
            "(?:determine|assess|investigate|evaluate|examine|explore|study|analy[sz]e|test"
                    + "|identify|compare|describe|elucidate|ascertain|establish|clarify|verify|look at|find out)";

    private static final String FOUND_OUT =
            "(?:determined|assessed|investigate[ds]|evaluate[ds]|examine[ds]|explore[ds]"
                    + "|studied|analy[sz]e[ds]|tested|compare[ds]|elucidate[ds]|addresse[ds])";

    private static final Pattern STATED = either(
            "^(?:\\W*\\w+\\W+){0,6}?(?:aims?|purposes?|objectives?|goals?)\\b[^.]{0,80}?\\b(?:is|are|was|were)\\b",
            "\\b(?:aim(?:ed|s)?|sought|set out|wished) to\\b",
            "^(?:\\w+[,:]\\s*)?(?:first, |second, )?to (?:critically )?" + FIND_OUT + "\\b[^,]*(?:$|,? and\\b|, we\\b)",
            "\\bto " + FIND_OUT + " (?:whether|if|how|under)\\b",
            "\\bhypothesi[sz]ed\\b|\\bhypothesis (?:is|was)\\b",
            "\\b(?:this|the present|the current|our) (?:\\w+ )?(?:study|paper|article|work|review|analysis)\\b(?: \\w+){0,4}? "
                    + "(?:aims|" + FOUND_OUT + "|was (?:performed|undertaken|conducted|designed))",
            "\\bwe (?:\\w+ )?" + FOUND_OUT + "\\b");

    private static final Pattern OPEN = either(
            "\\b(?:un(?:clear|known|certain)|not (?:clear|known|certain)) (?:whether|if|how|which)\\b",
            "\\blittle is known\\b|\\b(?:is|are|remains?) (?:still )?(?:controversial|disputed|debated)\\b");

    /** What makes a finding of it after all. */
    private static final Pattern FINDING = either(
            "\\b(?:found|showed|shown|revealed|demonstrated|observed|concluded?|significant(?:ly)?|results?)\\b");

    private static final Pattern ASKED =
            either("\\b(?:aims?|purposes?|objectives?|goals?|hypothes[ie]s|why|intended|unclear|unknown)\\b");

    private Aim() {}

    /** Whether a sentence states an aim or an open question. */
    static boolean statedBy(String sentence) {
        return (STATED.matcher(sentence).find() || OPEN.matcher(sentence).find())
                && !FINDING.matcher(sentence).find();
    }

    /** Whether that is what a question wants to hear. */
    static boolean askedBy(String question) {
        return ASKED.matcher(question).find();
    }

    private static Pattern either(String... forms) {
        return Pattern.compile(
                String.join(
                        "|", Stream.of(forms).map(form -> "(?:" + form + ")").toList()),
                Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
