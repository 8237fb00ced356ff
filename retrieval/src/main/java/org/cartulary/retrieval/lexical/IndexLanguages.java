package org.cartulary.retrieval.lexical;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;

/**
 * The analysers that passages of an index went through. Those of passages that a reader may not read are among them, which
 * changes nothing that he is told: their clauses match nothing that he may.
 */
final class IndexLanguages {
    private IndexLanguages() {}

    static SortedSet<String> of(IndexReader reader) throws IOException {
        SortedSet<String> languages = new TreeSet<>();
        Terms terms = MultiTerms.getTerms(reader, Fields.LANGUAGE);
        if (terms != null) {
            TermsEnum names = terms.iterator();
            for (BytesRef name = names.next(); name != null; name = names.next()) {
                languages.add(name.utf8ToString());
            }
        }
        return languages;
    }

    /**
     * The terms that each analyser makes of some words.
     *
     * @param analysed the whole question by analyser
     * @param words where they stand in it
     */
    static SortedMap<String, SortedSet<String>> forms(
            Map<String, List<Analysis.TermAt>> analysed, List<Analysis.TermAt> words) {
        SortedMap<String, SortedSet<String>> forms = new TreeMap<>();
        analysed.forEach((language, terms) -> {
            SortedSet<String> own = new TreeSet<>();
            for (Analysis.TermAt term : terms) {
                if (words.stream().anyMatch(word -> word.start() < term.end() && term.start() < word.end())) {
                    own.add(term.term());
                }
            }
            if (!own.isEmpty()) {
                forms.put(language, own);
            }
        });
        return forms;
    }
}
