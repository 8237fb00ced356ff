package org.cartulary.retrieval.lexical;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.cartulary.retrieval.identifier.Identifier;
import org.cartulary.retrieval.scope.SearchScope;

/** Questions as Lucene takes them, under the reader's filter. */
final class PassageQuery {
    /** Days, rights, sites, fields and documents of a scope, which names a hundred of each at most. */
    private static final int MOST_LEAVES_OF_SCOPE = 1_000;

    /** Leaves of the largest query. */
    static final int MOST_LEAVES = Analysers.NUMBER * WordsByLanguage.MOST_LEAVES + MOST_LEAVES_OF_SCOPE;

    private PassageQuery() {}

    /** @param languages names of the analysers of what may be read */
    static Query of(WordQuery wanted, SearchScope scope, Collection<String> languages) {
        return within(WordsByLanguage.of(wanted, languages), scope).build();
    }

    /** Those of some passages that a strict query leaves. */
    static Query strictly(
            WordQuery wanted, SearchScope scope, Collection<String> languages, Collection<Long> passages) {
        return within(WordsByLanguage.strictly(wanted, languages), scope)
                .add(passages(passages), Occur.FILTER)
                .build();
    }

    /** Passages that hold identifiers: 1 for each whole one, a half for what it is part of, and so on. */
    static Query holding(Collection<Identifier> identifiers, SearchScope scope) {
        BooleanQuery.Builder any = new BooleanQuery.Builder().setMinimumNumberShouldMatch(1);
        for (Identifier identifier : identifiers) {
            List<Query> levels = new ArrayList<>();
            float worth = 1;
            for (String level : identifier.levels()) {
                Query holds = new ConstantScoreQuery(new TermQuery(new Term(Fields.IDENTIFIER, level)));
                levels.add(new BoostQuery(holds, worth));
                worth /= 2;
            }
            any.add(new DisjunctionMaxQuery(levels, 0), Occur.SHOULD);
        }
        return within(any, scope).build();
    }

    /** First passages of documents that are called by one of these names. */
    static Query named(Collection<String> names, SortedSet<Long> markings) {
        return new BooleanQuery.Builder()
                .add(
                        new TermInSetQuery(
                                Fields.NAME, names.stream().map(BytesRef::new).toList()),
                        Occur.FILTER)
                .add(readable(markings), Occur.FILTER)
                .build();
    }

    /** Those of some passages that belong to documents. */
    static Query among(Collection<UUID> documents, Collection<Long> passages, SortedSet<Long> markings) {
        return new BooleanQuery.Builder()
                .add(ofDocuments(documents), Occur.FILTER)
                .add(passages(passages), Occur.FILTER)
                .add(readable(markings), Occur.FILTER)
                .build();
    }

    private static Query ofDocuments(Collection<UUID> documents) {
        return new TermInSetQuery(
                Fields.DOCUMENT,
                documents.stream()
                        .map(document -> new BytesRef(document.toString()))
                        .toList());
    }

    private static Query passages(Collection<Long> passages) {
        return LongPoint.newSetQuery(
                Fields.PASSAGE, passages.stream().mapToLong(Long::longValue).toArray());
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
        if (!scope.documents().isEmpty()) {
            query.add(ofDocuments(scope.documents()), Occur.FILTER);
        }
        if (scope.datedFrom() != null || scope.datedTo() != null) {
            query.add(Days.dated(scope.datedFrom(), scope.datedTo()), Occur.FILTER);
        }
        if (!scope.without().isEmpty()) {
            List<BytesRef> documents = scope.without().stream()
                    .map(document -> Fields.document(document).bytes())
                    .toList();
            query.add(new TermInSetQuery(Fields.DOCUMENT, documents), Occur.MUST_NOT);
        }
        return query;
    }

    /**
     * Passages that hold a word in their title, headings or text.
     *
     * @param forms its terms by the analyser that makes them
     */
    static Query holding(Map<String, ? extends Collection<String>> forms, SortedSet<Long> markings) {
        BooleanQuery.Builder anywhere = new BooleanQuery.Builder();
        forms.forEach((language, terms) -> {
            BooleanQuery.Builder inLanguage = new BooleanQuery.Builder()
                    .setMinimumNumberShouldMatch(1)
                    .add(new TermQuery(new Term(Fields.LANGUAGE, language)), Occur.FILTER);
            for (String term : terms) {
                for (String field : MarkingTotals.FIELDS) {
                    inLanguage.add(new TermQuery(new Term(field, term)), Occur.SHOULD);
                }
            }
            anywhere.add(inLanguage.build(), Occur.SHOULD);
        });
        return new BooleanQuery.Builder()
                .add(anywhere.build(), Occur.FILTER)
                .add(readable(markings), Occur.FILTER)
                .build();
    }

    static Query readable(SortedSet<Long> markings) {
        return new ReadableQuery(markings);
    }
}
