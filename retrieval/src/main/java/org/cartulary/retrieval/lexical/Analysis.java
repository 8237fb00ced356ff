package org.cartulary.retrieval.lexical;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.cartulary.retrieval.language.Languages;

/**
 * How text becomes terms. Thread-safe. Passages are analysed as their language wants it, and questions as that of the
 * passages; the checks of answers, which compare texts with each other, take all for English.
 */
public final class Analysis {
    /** Part of the generation: a change of terms makes another index. */
    public static final String VERSION = "lucene-10.6-languages-1";

    private Analysis() {}

    /**
     * A term and where its word stands in the text.
     *
     * @param start offset of the word in UTF-16 units
     * @param end offset behind it
     */
    public record TermAt(String term, int start, int end) {}

    /** The terms of a text in their order, repeated ones included, taken for English. */
    public static List<String> terms(String text) {
        return terms(text, Languages.ENGLISH);
    }

    /** The terms of a text in a language, in their order, repeated ones included. */
    public static List<String> terms(String text, String language) {
        return termsAt(text, language).stream().map(TermAt::term).toList();
    }

    /** The terms of a text in their order, with their places, taken for English. */
    public static List<TermAt> termsAt(String text) {
        return termsAt(text, Languages.ENGLISH);
    }

    /** The terms of a text in a language, in their order, with their places. */
    public static List<TermAt> termsAt(String text, String language) {
        return termsAt(text, Analysers.of(language));
    }

    private static List<TermAt> termsAt(String text, Analyzer analyser) {
        List<TermAt> terms = new ArrayList<>();
        try (TokenStream tokens = analyser.tokenStream(Fields.TEXT, text)) {
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
}
