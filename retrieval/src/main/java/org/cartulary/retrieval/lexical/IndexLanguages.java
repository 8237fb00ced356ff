package org.cartulary.retrieval.lexical;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;

/**
 * The analysers that passages of a reader went through, and no others: a question has its words once for each of them, and how
 * large it gets must not depend on what he may not read.
 */
final class IndexLanguages {
    private IndexLanguages() {}

    static SortedSet<String> of(IndexReader reader, SortedSet<Long> markings) throws IOException {
        SortedSet<String> languages = new TreeSet<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            addThoseOf(leaf.reader(), markings, languages);
        }
        return languages;
    }

    private static void addThoseOf(LeafReader segment, SortedSet<Long> markings, SortedSet<String> languages)
            throws IOException {
        Terms terms = segment.terms(Fields.LANGUAGE);
        if (terms == null) {
            return;
        }
        ReadablePassages readable = MarkingTotals.of(segment).readable(segment, markings);
        TermsEnum names = terms.iterator();
        for (BytesRef name = names.next(); name != null; name = names.next()) {
            String language = name.utf8ToString();
            if (!languages.contains(language) && readable.holding(new Term(Fields.LANGUAGE, language)) > 0) {
                languages.add(language);
            }
        }
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
