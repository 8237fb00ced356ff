package org.cartulary.retrieval.lexical;

import java.io.IOException;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorerSupplier;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.jspecify.annotations.Nullable;

/** Passages that bear one of some markings; looked up once for each segment and set of markings. */
final class ReadableQuery extends Query {
    private final SortedSet<Long> markings;

    ReadableQuery(SortedSet<Long> markings) {
        this.markings = Collections.unmodifiableSortedSet(new TreeSet<>(markings));
    }

    /** A filter that lets everything through costs Lucene its quickest ways of scoring. */
    @Override
    public Query rewrite(IndexSearcher searcher) throws IOException {
        int readable = 0;
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            readable += MarkingTotals.of(leaf.reader())
                    .readable(leaf.reader(), markings)
                    .count();
        }
        if (readable == 0) {
            return new MatchNoDocsQuery("nothing may be read");
        }
        return readable == searcher.getIndexReader().numDocs() ? MatchAllDocsQuery.INSTANCE : super.rewrite(searcher);
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
        return new ConstantScoreWeight(this, boost) {
            @Override
            public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext leaf) throws IOException {
                ReadablePassages readable = MarkingTotals.of(leaf.reader()).readable(leaf.reader(), markings);
                return readable.count() == 0
                        ? null
                        : ConstantScoreScorerSupplier.fromIterator(
                                readable.iterator(),
                                score(),
                                mode,
                                leaf.reader().maxDoc());
            }

            // Quick as it is, and it knows of deletions.
            @Override
            public boolean isCacheable(LeafReaderContext leaf) {
                return false;
            }
        };
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public String toString(String field) {
        return "readable " + markings;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReadableQuery query && markings.equals(query.markings);
    }

    @Override
    public int hashCode() {
        return classHash() * 31 + markings.hashCode();
    }
}
