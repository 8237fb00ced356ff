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
        List<Sentence> sentences = Sentences.split(text).stream()
                .flatMap(sentence -> pieces(sentence, limit).stream())
                .toList();
        List<Integer> tokens = tokens(sentences);
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

    private List<Integer> tokens(List<Sentence> sentences) {
        return embedder.countTokens(sentences.stream().map(Sentence::text).toList());
    }

    /** Halves what is no sentence in truth, at a space, until each part fits. */
    private List<Sentence> pieces(Sentence sentence, int limit) {
        String text = sentence.text();
        int space = text.indexOf(' ', text.length() / 2);
        if (space < 0 || tokens(List.of(sentence)).getFirst() <= limit) {
            return List.of(sentence);
        }
        int middle = sentence.start() + space;
        List<Sentence> pieces = new ArrayList<>();
        pieces.addAll(pieces(new Sentence(text.substring(0, space), sentence.start(), middle), limit));
        pieces.addAll(pieces(new Sentence(text.substring(space), middle, sentence.end()), limit));
        return pieces;
    }

    private static PassageDraft passage(int ordinal, String text, Sentence first, Sentence last) {
        return new PassageDraft(
                ordinal, text.substring(first.start(), last.end()), first.start(), last.end(), null, null);
    }
}
