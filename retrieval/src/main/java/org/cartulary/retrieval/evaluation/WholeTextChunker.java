package org.cartulary.retrieval.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.cartulary.inference.Embedder;
import org.cartulary.retrieval.catalog.PassageDraft;
import org.cartulary.retrieval.sentence.Sentence;
import org.cartulary.retrieval.sentence.Sentences;

/** Makes one passage of a text, or several of whole sentences where the embedder takes no more. */
final class WholeTextChunker {
    static final String VERSION = "whole-text-1";

    /** Room for a title and special tokens. */
    private static final int RESERVED_TOKENS = 72;

    private final Embedder embedder;

    WholeTextChunker(Embedder embedder) {
        this.embedder = embedder;
    }

    List<PassageDraft> chunk(String text) {
        int limit = embedder.maxTokens() - RESERVED_TOKENS;
        if (embedder.countTokens(List.of(text)).getFirst() <= limit) {
            return List.of(new PassageDraft(0, text, 0, text.length(), null, null));
        }
        List<Sentence> sentences = Sentences.split(text);
        List<Integer> tokens =
                embedder.countTokens(sentences.stream().map(Sentence::text).toList());
        List<PassageDraft> passages = new ArrayList<>();
        int first = 0;
        int sum = 0;
        for (int i = 0; i < sentences.size(); i++) {
            if (i > first && sum + tokens.get(i) > limit) {
                passages.add(passage(passages.size(), text, sentences.get(first), sentences.get(i - 1)));
                first = i;
                sum = 0;
            }
            sum += tokens.get(i);
        }
        passages.add(passage(passages.size(), text, sentences.get(first), sentences.getLast()));
        return passages;
    }

    private static PassageDraft passage(int ordinal, String text, Sentence first, Sentence last) {
        return new PassageDraft(
                ordinal, text.substring(first.start(), last.end()), first.start(), last.end(), null, null);
    }
}
