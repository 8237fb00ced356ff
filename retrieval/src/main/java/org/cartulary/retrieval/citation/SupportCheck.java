package org.cartulary.retrieval.citation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.cartulary.inference.Embedder;
import org.cartulary.retrieval.context.Source;
import org.cartulary.retrieval.dense.Vectors;
import org.cartulary.retrieval.quantity.Quantity;
import org.cartulary.retrieval.sentence.Sentence;
import org.cartulary.retrieval.sentence.Sentences;

/**
 * Holds each sentence of an answer against its sources. It is supported when two neighbouring sentences of one source
 * have all its quantities with their units, deny where it denies and only there, and share its words, or most of its words
 * and its meaning. What it puts in quotation marks, alone or with the sentences beside it, stands in that source, character
 * by character. Thread-safe.
 */
public final class SupportCheck {
    private static final double WORDS_ALONE = 0.8;
    private static final double WORDS_WITH_MEANING = 0.5;
    private static final double MEANING = 0.75;
    private static final int EMBEDDED_AT_ONCE = 32;
    private static final int MAX_TEXT_LENGTH = 1_200;

    private final Embedder embedder;

    public SupportCheck(Embedder embedder) {
        this.embedder = embedder;
    }

    /**
     * Checks an answer.
     *
     * @param answer with citation marks such as [1]
     * @return one verdict for each of its sentences, in order
     * @throws org.cartulary.inference.InferenceFailed when the embedder is not up
     */
    public List<SentenceSupport> check(String answer, List<Source> sources) {
        List<CitedSentence> sentences = CitedSentence.of(answer);
        List<Window> windows = windows(sources);
        List<String> texts = new ArrayList<>();
        sentences.forEach(sentence -> texts.add(sentence.text()));
        windows.forEach(window -> texts.add(window.sentence()));
        List<float[]> vectors = embed(texts);
        List<SentenceSupport> verdicts = new ArrayList<>(sentences.size());
        for (int i = 0; i < sentences.size(); i++) {
            verdicts.add(verdict(sentences.get(i), vectors.get(i), windows, vectors, sentences.size()));
        }
        return verdicts;
    }

    /**
     * A sentence of a source with the one behind it.
     *
     * @param heading title, headings and heading row of the source
     * @param sentence the first of the two
     * @param next the second; the first again at the end of the source
     * @param text both
     * @param whole the source's text
     * @param language of the source, and so of what is said of it
     */
    private record Window(
            int source, String heading, String sentence, String next, String text, String whole, String language) {
        /** Whether the one of the two that the claim is about denies. */
        boolean deniesWhat(Claim claim) {
            Claim first = Claim.of(sentence, language);
            Claim second = Claim.of(next, language);
            return claim.shared(second) > claim.shared(first) ? second.denies() : first.denies();
        }
    }

    private static List<Window> windows(List<Source> sources) {
        List<Window> windows = new ArrayList<>();
        for (Source source : sources) {
            List<Sentence> sentences = Sentences.split(source.text());
            for (int i = 0; i < sentences.size(); i++) {
                Sentence last = sentences.get(Math.min(i + 1, sentences.size() - 1));
                String text = source.text().substring(sentences.get(i).start(), last.end());
                windows.add(new Window(
                        source.number(),
                        heading(source),
                        sentences.get(i).text(),
                        last.text(),
                        text,
                        source.text(),
                        source.hit().language()));
            }
        }
        return windows;
    }

    private static String heading(Source source) {
        return source.labels() == null
                ? source.heading()
                : source.heading() + "\n" + source.labels().text();
    }

    private List<float[]> embed(List<String> texts) {
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += EMBEDDED_AT_ONCE) {
            List<String> some = texts.subList(from, Math.min(from + EMBEDDED_AT_ONCE, texts.size())).stream()
                    .map(text -> text.substring(0, Math.min(text.length(), MAX_TEXT_LENGTH)))
                    .toList();
            vectors.addAll(embedder.embed(some, Embedder.Input.PASSAGE));
        }
        return vectors;
    }

    private static SentenceSupport verdict(
            CitedSentence sentence, float[] vector, List<Window> windows, List<float[]> vectors, int offset) {
        List<SentenceSupport> verdicts = new ArrayList<>();
        for (int i = 0; i < windows.size(); i++) {
            Window window = windows.get(i);
            if (sentence.cited().isEmpty() || sentence.cited().contains(window.source())) {
                double similarity = Vectors.dot(vector, vectors.get(offset + i));
                verdicts.add(against(sentence, window, similarity));
            }
        }
        return verdicts.stream()
                .max(Comparator.comparing(SentenceSupport::supported)
                        .thenComparingDouble(verdict -> verdict.containment() + verdict.similarity()))
                .orElseGet(() -> new SentenceSupport(sentence.text(), sentence.cited(), false, null, 0, 0, List.of()));
    }

    private static SentenceSupport against(CitedSentence sentence, Window window, double similarity) {
        Claim claim = Claim.of(sentence.text(), window.language());
        Claim source = Claim.of(window.text(), window.language());
        List<Quantity> missing = claim.missingIn(source);
        double containment = claim.containment(source, Claim.of(window.heading(), window.language()));
        boolean matches = containment >= WORDS_ALONE || (containment >= WORDS_WITH_MEANING && similarity >= MEANING);
        boolean sameSense = claim.denies() == window.deniesWhat(claim);
        boolean verbatim = sentence.quotations().stream().allMatch(quotation -> quotation.standsIn(window.whole()));
        return new SentenceSupport(
                sentence.text(),
                sentence.cited(),
                missing.isEmpty() && matches && sameSense && verbatim,
                window.source(),
                containment,
                similarity,
                missing);
    }
}
