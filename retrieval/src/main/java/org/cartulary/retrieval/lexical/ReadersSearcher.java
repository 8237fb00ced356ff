package org.cartulary.retrieval.lexical;

import java.io.IOException;
import java.util.SortedSet;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/**
 * A searcher for one reader: how rare a word is, and how long passages are, it knows of what he may read alone. So his
 * scores are those of an index that holds nothing else, and tell him nothing of the rest.
 */
final class ReadersSearcher extends IndexSearcher {
    private final SortedSet<Long> markings;

    ReadersSearcher(IndexReader reader, SortedSet<Long> markings) {
        super(reader);
        this.markings = markings;
    }

    /** Whether there is any word that the reader may read. */
    boolean hasWords() throws IOException {
        for (String field : MarkingTotals.FIELDS) {
            if (collectionStatistics(field) != null) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable CollectionStatistics collectionStatistics(String field) throws IOException {
        long passages = 0;
        long words = 0;
        for (LeafReaderContext leaf : getLeafContexts()) {
            MarkingTotals totals = MarkingTotals.of(leaf.reader());
            for (long marking : markings) {
                passages += totals.passages(field, marking);
                words += totals.words(field, marking);
            }
        }
        return passages == 0
                ? null
                : new CollectionStatistics(
                        field, Math.max(passages, getIndexReader().maxDoc()), passages, words, passages);
    }

    @Override
    public TermStatistics termStatistics(Term term, int docFreq, long totalTermFreq) throws IOException {
        // A word that only others may read matches nothing here, so that any number serves.
        long holding = Math.max(1, holding(term));
        return new TermStatistics(term.bytes(), holding, holding);
    }

    private long holding(Term term) throws IOException {
        Weight readable = createWeight(
                rewrite(new BooleanQuery.Builder()
                        .add(new TermQuery(term), Occur.FILTER)
                        .add(PassageQuery.readable(markings), Occur.FILTER)
                        .build()),
                ScoreMode.COMPLETE_NO_SCORES,
                1);
        long holding = 0;
        for (LeafReaderContext leaf : getLeafContexts()) {
            boolean whole = !leaf.reader().hasDeletions()
                    && MarkingTotals.of(leaf.reader()).areAllAmong(markings);
            holding += whole
                    ? leaf.reader().docFreq(term)
                    : count(readable.scorer(leaf), leaf.reader().getLiveDocs());
        }
        return holding;
    }

    private static long count(@Nullable Scorer found, @Nullable Bits live) throws IOException {
        if (found == null) {
            return 0;
        }
        DocIdSetIterator documents = found.iterator();
        long count = 0;
        for (int document = documents.nextDoc();
                document != DocIdSetIterator.NO_MORE_DOCS;
                document = documents.nextDoc()) {
            if (live == null || live.get(document)) {
                count++;
            }
        }
        return count;
    }
}
