package org.cartulary.retrieval.lexical;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.cartulary.retrieval.generation.Generation;
import org.cartulary.retrieval.scope.SearchScope;
import org.jdbi.v3.core.Jdbi;

/**
 * The lexical index of one generation, in {@code HOME/lucene/<generation>}. Thread-safe.
 *
 * <p>A thread of its own follows PostgreSQL; {@link #await} tells when a change has arrived.
 */
public final class LexicalIndex implements AutoCloseable {
    private final Follower follower;

    private LexicalIndex(Follower follower) {
        this.follower = follower;
    }

    /**
     * Opens the index, making it again from PostgreSQL where it is missing, damaged, of another make or ahead, and
     * starts to follow.
     *
     * @throws UncheckedIOException when the directory can be neither read nor made
     */
    public static LexicalIndex open(Jdbi jdbi, Path home, Generation generation) {
        Path path = home.resolve("lucene").resolve(generation.name());
        return new LexicalIndex(Follower.start(jdbi, new IndexFiles(path, generation.name())));
    }

    /** The last change that searches find. */
    public long applied() {
        return follower.applied();
    }

    /** Says that there may be a new change. */
    public void wake() {
        follower.wake();
    }

    /**
     * Waits until searches find a change.
     *
     * @throws IndexBehind when they do not in time
     */
    public void await(long change, Duration patience) {
        follower.await(change, patience);
    }

    /**
     * The passages that match a question best among those that may be read.
     *
     * @param question any text; its words are looked for, none has special meaning
     * @param scope nothing else is looked at, not even to weigh words
     * @param limit at least 1
     * @return best first
     */
    public List<LexicalHit> search(String question, SearchScope scope, int limit) {
        return scope.markings().isEmpty() ? List.of() : run(PassageQuery.of(question, scope), scope.markings(), limit);
    }

    /** Scores given passages, in order of score; those that match no word or lie without the scope are absent. */
    public List<LexicalHit> score(String question, SearchScope scope, Collection<Long> passages) {
        return scope.markings().isEmpty() || passages.isEmpty()
                ? List.of()
                : run(PassageQuery.of(question, scope, passages), scope.markings(), passages.size());
    }

    /** How common terms are among the passages that may be read. */
    public TermStatistics statistics(Collection<String> terms, SortedSet<Long> markings) {
        if (markings.isEmpty()) {
            return new TermStatistics(0, Map.of());
        }
        return searching(searcher -> {
            ReadersSearcher own = new ReadersSearcher(searcher.getIndexReader(), markings);
            Map<String, Long> withTerm = new HashMap<>();
            for (String term : terms) {
                withTerm.put(term, own.holdingAnywhere(term));
            }
            return new TermStatistics(own.passages(), withTerm);
        });
    }

    /** Closes the index; what was applied and not yet committed is applied again at the next start. */
    @Override
    public void close() {
        follower.close();
    }

    private List<LexicalHit> run(Query query, SortedSet<Long> markings, int limit) {
        return searching(searcher -> {
            ReadersSearcher own = new ReadersSearcher(searcher.getIndexReader(), markings);
            return own.hasWords() ? hits(own, own.search(query, limit).scoreDocs) : List.of();
        });
    }

    @FunctionalInterface
    private interface Searching<T> {
        T with(IndexSearcher searcher) throws IOException;
    }

    private <T> T searching(Searching<T> search) {
        SearcherManager searchers = follower.searchers();
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                return search.with(searcher);
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The lexical index could not be searched", e);
        }
    }

    private static List<LexicalHit> hits(IndexSearcher searcher, ScoreDoc[] found) throws IOException {
        List<LexicalHit> hits = new ArrayList<>(found.length);
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        for (ScoreDoc doc : found) {
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc.doc, leaves));
            NumericDocValues passages = leaf.reader().getNumericDocValues(Fields.PASSAGE);
            if (passages == null || !passages.advanceExact(doc.doc - leaf.docBase)) {
                throw new IllegalStateException(
                        "A passage in the lexical index has no id: delete HOME/lucene and restart");
            }
            hits.add(new LexicalHit(passages.longValue(), doc.score));
        }
        return hits;
    }
}
