package org.cartulary.retrieval.lexical;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.CombinedFieldQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.cartulary.retrieval.scope.SearchScope;

/** Questions as Lucene takes them: BM25F over title, headings and text, under the reader's filter. */
final class PassageQuery {
    /** Weights of a word in the title, the headings and the text; measured, see the module's README. */
    private static final float TITLE_WEIGHT = 2f;

    private static final float HEADING_WEIGHT = 1.5f;
    private static final float TEXT_WEIGHT = 1f;

    /** More distinct terms than this are refused by the length limit on questions long before. */
    private static final int MAX_TERMS = 1_000;

    private PassageQuery() {}

    static Query of(String question, SearchScope scope) {
        return within(words(question), scope).build();
    }

    static Query of(String question, SearchScope scope, Collection<Long> passages) {
        long[] ids = passages.stream().mapToLong(Long::longValue).toArray();
        return within(words(question), scope)
                .add(LongPoint.newSetQuery(Fields.PASSAGE, ids), Occur.FILTER)
                .build();
    }

    /** Rights first: nothing else is asked of what may not be read. */
    private static BooleanQuery.Builder within(BooleanQuery.Builder query, SearchScope scope) {
        query.add(new ReadableQuery(scope.markings()), Occur.FILTER).add(Days.standing(scope), Occur.FILTER);
        if (!scope.sites().isEmpty()) {
            List<BytesRef> sites = Stream.concat(scope.sites().stream(), Stream.of(Fields.EVERY_SITE))
                    .map(BytesRef::new)
                    .toList();
            query.add(new TermInSetQuery(Fields.SITE, sites), Occur.FILTER);
        }
        scope.fields()
                .forEach((name, value) ->
                        query.add(new TermQuery(new Term(Fields.FIELD, Fields.field(name, value))), Occur.FILTER));
        if (scope.datedFrom() != null || scope.datedTo() != null) {
            query.add(Days.dated(scope.datedFrom(), scope.datedTo()), Occur.FILTER);
        }
        return query;
    }

    private static BooleanQuery.Builder words(String question) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String term : Analysis.terms(question)) {
            counts.merge(term, 1, Integer::sum);
        }
        BooleanQuery.Builder words = new BooleanQuery.Builder().setMinimumNumberShouldMatch(1);
        counts.entrySet().stream()
                .limit(MAX_TERMS)
                .forEach(entry -> words.add(word(entry.getKey(), entry.getValue()), Occur.SHOULD));
        return words;
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
