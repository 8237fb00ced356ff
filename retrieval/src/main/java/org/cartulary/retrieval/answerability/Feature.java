package org.cartulary.retrieval.answerability;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One thing that the judgment looks at, as a number. "Weight" is that of the question's words: rare ones and names weigh
 * most. The best sentence is the first candidate, whose passage with its title and headings is the best passage.
 */
public enum Feature {
    /**
     * By how much the greatest cosine of the question and a passage exceeds the mean of the hits behind the first three: in
     * a corpus on one subject all are near.
     */
    PASSAGE_MARGIN,
    /** Greatest cosine of the question and a sentence. */
    SENTENCE_SIMILARITY,
    /** By how much that exceeds the mean of the best sentences of other documents. */
    SENTENCE_MARGIN,
    /** Share of the weight that the best sentence covers; words of its headings count nearly, others of its passage in part. */
    BEST_CONTEXT_COVERAGE,
    /** Weight of the heaviest word that neither the best sentence nor its headings have, as a share of the heaviest. */
    RAREST_MISSING_HERE,
    /**
     * 1 where the thing that the question's form asks for is named neither in the best passage nor in its title and headings,
     * so that it is on the subject and leaves the point out.
     */
    FOCUS_MISSING,
    /** Score of the best candidate, which knows of the kind of answer and of ranges. */
    BEST_SCORE,
    /** By how much that exceeds the score of the best candidate of another document. */
    SCORE_MARGIN,
    /** 1 where the best sentence names a code under which another passage has what was asked for. */
    FOLLOWED;

    /** As files and interfaces spell it: {@code passage-similarity}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Feature> named(String word) {
        return Stream.of(values())
                .filter(feature -> feature.word().equals(word))
                .findFirst();
    }
}
