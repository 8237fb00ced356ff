package org.cartulary.retrieval.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CombinedFieldQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.cartulary.retrieval.lexical.Analysis;

/**
 * Bare Lucene on the product's own index: the same terms over the same fields by BM25F, with Lucene's statistics of all
 * passages, and a filter by marking alone. Thread-safe.
 */
final class RawLucene implements AutoCloseable {
    private final Directory directory;
    private final DirectoryReader reader;
    private final IndexSearcher searcher;

    private RawLucene(Directory directory, DirectoryReader reader) {
        this.directory = directory;
        this.reader = reader;
        this.searcher = new IndexSearcher(reader);
    }

    static RawLucene open(Path index) {
        try {
            Directory directory = FSDirectory.open(index);
            return new RawLucene(directory, DirectoryReader.open(directory));
        } catch (IOException e) {
            throw new UncheckedIOException("The lexical index in " + index + " cannot be read", e);
        }
    }

    /**
     * The best passages.
     *
     * @param markings that count; all do where there are none
     * @return ids, best first
     */
    long[] search(String question, Collection<Long> markings, int limit) {
        try {
            ScoreDoc[] found = searcher.search(query(question, markings), limit).scoreDocs;
            List<LeafReaderContext> leaves = reader.leaves();
            long[] passages = new long[found.length];
            for (int i = 0; i < found.length; i++) {
                LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(found[i].doc, leaves));
                NumericDocValues ids = leaf.reader().getNumericDocValues("passage");
                ids.advanceExact(found[i].doc - leaf.docBase);
                passages[i] = ids.longValue();
            }
            return passages;
        } catch (IOException e) {
            throw new UncheckedIOException("The lexical index could not be searched", e);
        }
    }

    private static Query query(String question, Collection<Long> markings) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        for (String term : List.copyOf(new java.util.LinkedHashSet<>(Analysis.terms(question)))) {
            query.add(
                    new CombinedFieldQuery.Builder(term)
                            .addField("title", 2)
                            .addField("heading", 1.5f)
                            .addField("text", 1)
                            .build(),
                    Occur.SHOULD);
        }
        if (!markings.isEmpty()) {
            long[] some = markings.stream().mapToLong(Long::longValue).toArray();
            query.setMinimumNumberShouldMatch(1).add(LongPoint.newSetQuery("marking", some), Occur.FILTER);
        }
        return query.build();
    }

    @Override
    public void close() {
        try (directory;
                reader) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("The lexical index could not be closed", e);
        }
    }
}
