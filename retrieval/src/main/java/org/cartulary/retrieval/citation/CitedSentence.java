package org.cartulary.retrieval.citation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cartulary.retrieval.sentence.Sentence;
import org.cartulary.retrieval.sentence.Sentences;

/**
 * A sentence of an answer, parted from its citation marks such as [2] or [1, 3].
 *
 * @param quotations that it has a part of, each whole: one may go on over several sentences
 */
record CitedSentence(String text, List<Integer> cited, List<Quotation> quotations) {
    private static final Pattern MARK = Pattern.compile("\\s*\\[(\\d{1,3}(?:\\s*,\\s*\\d{1,3})*)]");
    private static final Pattern TRAILING_MARKS = Pattern.compile("([.!?])((?:\\s*\\[[\\d,\\s]+])+)");

    static List<CitedSentence> of(String answer) {
        // A mark behind the full stop belongs to the sentence before it.
        String marksInside = TRAILING_MARKS.matcher(answer).replaceAll("$2$1");
        List<Quotation> quotations = Quotation.in(marksInside);
        List<CitedSentence> sentences = new ArrayList<>();
        for (Sentence sentence : Sentences.split(marksInside)) {
            List<Integer> cited = numbers(sentence.text());
            String text = withoutMarks(sentence.text()).strip();
            if (text.chars().anyMatch(Character::isLetterOrDigit)) {
                List<Quotation> touched = quotations.stream()
                        .filter(quotation -> quotation.touches(sentence.start(), sentence.end()))
                        .toList();
                sentences.add(new CitedSentence(text, cited, touched));
            }
        }
        return sentences;
    }

    static String withoutMarks(String text) {
        return MARK.matcher(text).replaceAll("");
    }

    private static List<Integer> numbers(String text) {
        List<Integer> numbers = new ArrayList<>();
        Matcher marks = MARK.matcher(text);
        while (marks.find()) {
            for (String number : marks.group(1).split(",", -1)) {
                numbers.add(Integer.valueOf(number.strip()));
            }
        }
        return numbers;
    }
}
