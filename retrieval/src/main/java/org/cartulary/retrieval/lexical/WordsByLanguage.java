package org.cartulary.retrieval.lexical;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.CombinedFieldQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.QueryBuilder;

/**
 * The words of a query as each language of the index has them: BM25F over title, headings and text. A passage has one
 * language and is scored by its words alone.
 */
final class WordsByLanguage {
    /** Weights of a word in the title, the headings and the text; measured, see the module's README. */
    private static final float TITLE_WEIGHT = 2f;

    private static final float HEADING_WEIGHT = 1.5f;
    private static final float TEXT_WEIGHT = 1f;

    /** What a quoted phrase adds: about as much as a word that stands in one passage of seven. */
    private static final float PHRASE_WEIGHT = 2f;
    /** Of other words for some of the question, beside those that it has. */
    private static final float EXPANSION_WEIGHT = 0.7f;

    /**
     * Distinct terms of a question that count, the first ones: words with a space between them are hardly ever as many within
     * the limit on questions, pairs of Chinese signs may be.
     */
    private static final int MAX_TERMS = 1_000;

    /** Leaves of the largest query in one language; a word or phrase of an expansion has as many terms as signs at most. */
    static final int MOST_LEAVES = 1
            + MAX_TERMS
            + MarkingTotals.FIELDS.size() * (2 * WordQuery.MAX_PHRASES + WordQuery.MAX_WITHOUT)
            + WordQuery.MAX_EXPANSIONS * (MarkingTotals.FIELDS.size() + 1 + WordQuery.LONGEST_EXPANSION);

    private final WordQuery wanted;
    private final String language;

    private WordsByLanguage(WordQuery wanted, String language) {
        this.wanted = wanted;
        this.language = language;
    }

    /** Nothing matches but what holds a word; several languages part the index among them. */
    static BooleanQuery.Builder of(WordQuery wanted, Collection<String> languages) {
        if (languages.size() == 1) {
            return new WordsByLanguage(wanted, languages.iterator().next()).words();
        }
        BooleanQuery.Builder any = new BooleanQuery.Builder().setMinimumNumberShouldMatch(1);
        for (String language : languages) {
            any.add(
                    new WordsByLanguage(wanted, language)
                            .words()
                            .add(in(language), Occur.FILTER)
                            .build(),
                    Occur.SHOULD);
        }
        return any;
    }

    /** Whatever a strict query leaves, whether it holds other words or not. */
    static BooleanQuery.Builder strictly(WordQuery wanted, Collection<String> languages) {
        BooleanQuery.Builder any = new BooleanQuery.Builder().setMinimumNumberShouldMatch(1);
        for (String language : languages) {
            any.add(
                    new WordsByLanguage(wanted, language)
                            .strict(new BooleanQuery.Builder().add(in(language), Occur.FILTER))
                            .build(),
                    Occur.SHOULD);
        }
        return any;
    }

    private static Query in(String language) {
        return new TermQuery(new Term(Fields.LANGUAGE, language));
    }

    private BooleanQuery.Builder words() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String term : terms()) {
            counts.merge(term, 1, Integer::sum);
        }
        BooleanQuery.Builder words = new BooleanQuery.Builder().setMinimumNumberShouldMatch(1);
        counts.entrySet().stream()
                .limit(MAX_TERMS)
                .forEach(entry -> words.add(word(entry.getKey(), entry.getValue()), Occur.SHOULD));
        phrases(wanted.phrases())
                .forEach(phrase ->
                        words.add(new BoostQuery(new ConstantScoreQuery(phrase), PHRASE_WEIGHT), Occur.SHOULD));
        wanted.expansions().forEach(expansion -> expand(words, expansion));
        return strict(words);
    }

    /** The question's terms; a function word of its own language is none in any other. */
    private List<String> terms() {
        List<Analysis.TermAt> terms = Analysis.termsAt(wanted.text(), language);
        String spoken = wanted.language();
        if (spoken == null || Analysers.name(spoken).equals(language)) {
            return terms.stream().map(Analysis.TermAt::term).toList();
        }
        Set<Integer> content = Analysis.termsAt(wanted.text(), spoken).stream()
                .map(Analysis.TermAt::start)
                .collect(Collectors.toSet());
        return terms.stream()
                .filter(at -> content.contains(at.start()))
                .map(Analysis.TermAt::term)
                .toList();
    }

    private BooleanQuery.Builder strict(BooleanQuery.Builder query) {
        if (wanted.exact()) {
            phrases(wanted.phrases()).forEach(phrase -> query.add(phrase, Occur.FILTER));
        }
        phrases(wanted.without()).forEach(unwanted -> query.add(unwanted, Occur.MUST_NOT));
        return query;
    }

    private void expand(BooleanQuery.Builder words, WordQuery.Expansion expansion) {
        List<String> terms = Analysis.terms(expansion.words(), language);
        if (terms.isEmpty()) {
            return;
        }
        BooleanQuery.Builder other = new BooleanQuery.Builder()
                .add(together(expansion.words()), Occur.FILTER)
                .add(PassageQuery.readable(expansion.markings()), Occur.FILTER);
        terms.stream().distinct().forEach(term -> other.add(word(term, 1), Occur.SHOULD));
        words.add(new BoostQuery(other.build(), EXPANSION_WEIGHT), Occur.SHOULD);
    }

    private List<Query> phrases(List<String> texts) {
        List<Query> phrases = new ArrayList<>();
        for (String text : texts) {
            if (!Analysis.terms(text, language).isEmpty()) {
                phrases.add(together(text));
            }
        }
        return phrases;
    }

    /** Words one after the other, in whichever field. */
    private Query together(String text) {
        QueryBuilder phrases = new QueryBuilder(Analysers.of(language));
        BooleanQuery.Builder anywhere = new BooleanQuery.Builder().setMinimumNumberShouldMatch(1);
        for (String field : MarkingTotals.FIELDS) {
            anywhere.add(phrases.createPhraseQuery(field, text), Occur.SHOULD);
        }
        return anywhere.build();
    }

    private static Query word(String term, int count) {
        Query query = new CombinedFieldQuery.Builder(term)
                .addField(Fields.TITLE, TITLE_WEIGHT)
                .addField(Fields.HEADING, HEADING_WEIGHT)
                .addField(Fields.TEXT, TEXT_WEIGHT)
                .build();
        return count == 1 ? query : new BoostQuery(query, count);
    }
}
