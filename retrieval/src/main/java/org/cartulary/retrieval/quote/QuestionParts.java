package org.cartulary.retrieval.quote;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes a question apart where it asks for more than one thing. */
final class QuestionParts {
    private static final Pattern JOINT = Pattern.compile(
            "\\?\\s+|;\\s+|,?\\s+and\\s+(?=(?:also\\s+)?(?:what|which|who|whom|whose|when|where|why|how|is|are|does|do"
                    + "|can|may|must|should|at what|for how|in which|from which|to whom)\\b)",
            Pattern.CASE_INSENSITIVE);
    private static final int LEAST_WORDS = 5;
    private static final int MOST_PARTS = 3;

    private QuestionParts() {}

    /** The parts, or the whole question where it asks for one thing. */
    static List<String> of(String question) {
        List<String> parts = Stream.of(JOINT.split(question.strip(), MOST_PARTS))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
        boolean eachStandsAlone = parts.stream().allMatch(part -> part.split("\\s+", -1).length >= LEAST_WORDS);
        return parts.size() < 2 || !eachStandsAlone ? List.of(question) : parts;
    }
}
