package org.cartulary.retrieval.evaluation;

import java.util.List;

/**
 * What a question path made of a question.
 *
 * @param text of the answer; of an abstention, the sentence that says so
 * @param citations those that the answer lists
 * @param score of the judgment whether the documents carry an answer
 */
public record ObservedAnswer(
        boolean abstained, String text, List<Sentence> sentences, List<Cited> citations, double score, double millis) {
    /** A sentence of an answer, and whether it was found supported. */
    public record Sentence(String text, boolean supported, List<Integer> citations) {
        public Sentence {
            citations = List.copyOf(citations);
        }
    }

    /** A source that an answer lists, and what it shows of it. */
    public record Cited(int number, String document, String quote) {}

    public ObservedAnswer {
        sentences = List.copyOf(sentences);
        citations = List.copyOf(citations);
    }
}
