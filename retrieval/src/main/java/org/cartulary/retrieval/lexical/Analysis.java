package org.cartulary.retrieval.lexical;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * How text becomes terms: English words, lower case, without stop words, stemmed by Porter. Thread-safe. Questions,
 * passages and the checks of answers all use the same terms.
 */
public final class Analysis {
    /** Part of the generation: a change of terms makes another index. */
    public static final String VERSION = "lucene-10.6-english-1";

    private static final Analyzer ENGLISH = new EnglishAnalyzer();

    private Analysis() {}

    /**
     * A term and where its word stands in the text.
     *
     * @param start offset of the word in UTF-16 units
     * @param end offset behind it
     */
    public record TermAt(String term, int start, int end) {}

    /** The terms of a text in their order, repeated ones included. */
    public static List<String> terms(String text) {
        return termsAt(text).stream().map(TermAt::term).toList();
    }

    /** The terms of a text in their order, with their places. */
    public static List<TermAt> termsAt(String text) {
        List<TermAt> terms = new ArrayList<>();
        try (TokenStream tokens = ENGLISH.tokenStream(Fields.TEXT, text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            OffsetAttribute offset = tokens.addAttribute(OffsetAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                terms.add(new TermAt(term.toString(), offset.startOffset(), offset.endOffset()));
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory could not be analysed", e);
        }
        return terms;
    }

    static Analyzer analyser() {
        return ENGLISH;
    }
}
