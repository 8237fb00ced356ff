package org.cartulary.retrieval.lexical;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.jspecify.annotations.Nullable;

/** A text that is indexed as its own language wants it, whatever analyser the writer has. */
final class AnalysedField extends Field {
    private final String text;
    private final String language;

    AnalysedField(String name, String text, String language) {
        super(name, text, TextField.TYPE_NOT_STORED);
        this.text = text;
        this.language = language;
    }

    @Override
    public TokenStream tokenStream(Analyzer ofWriter, @Nullable TokenStream reuse) {
        return Analysers.of(language).tokenStream(name(), text);
    }
}
