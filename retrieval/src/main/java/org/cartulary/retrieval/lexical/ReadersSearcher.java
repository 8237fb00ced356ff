package org.cartulary.retrieval.lexical;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermStatistics;
import org.cartulary.retrieval.scope.Reach;
import org.jspecify.annotations.Nullable;

/**
 * A searcher for one reader: how rare a word is, and how long passages are, it knows of what he may read alone. So his
 * scores are those of an index that holds nothing else, and tell him nothing of the rest. Used by one thread.
 */
final class ReadersSearcher extends IndexSearcher {
    static {
        // Lucene counts the leaves of a whole query, and a word is one leaf in each language.
        IndexSearcher.setMaxClauseCount(PassageQuery.MOST_LEAVES);
    }

    private final SortedSet<Long> markings;
    private final Map<String, CollectionStatistics> statistics = new HashMap<>();

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
        CollectionStatistics known = statistics.get(field);
        if (known == null) {
            known = counted(field);
            if (known != null) {
                statistics.put(field, known);
            }
        }
        return known;
    }

    private @Nullable CollectionStatistics counted(String field) throws IOException {
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
        long holding = holding(term);
        // A word that only others may read matches nothing here, so that any number serves.
        long atLeastOne = Math.max(1, holding);
        return new TermStatistics(term.bytes(), atLeastOne, atLeastOne);
    }

    /** How many passages that the reader may read hold a term. */
    long holding(Term term) throws IOException {
        long holding = 0;
        for (LeafReaderContext leaf : getLeafContexts()) {
            holding += readable(leaf).holding(term);
        }
        return holding;
    }

    /** The analysers that they went through. */
    SortedSet<String> languages() throws IOException {
        return IndexLanguages.of(getIndexReader(), markings);
    }

    /** How many passages the reader may read. */
    long passages() throws IOException {
        long passages = 0;
        for (LeafReaderContext leaf : getLeafContexts()) {
            passages += readable(leaf).count();
        }
        return passages;
    }

    Reach reach() throws IOException {
        boolean everything = true;
        for (LeafReaderContext leaf : getLeafContexts()) {
            everything &= MarkingTotals.of(leaf.reader()).areAllAmong(markings);
        }
        return new Reach(passages(), everything);
    }

    /**
     * How many of them hold a word in text, headings or title. In the text, where most stand, that is known already or
     * counted once; the few that hold it elsewhere are looked at one by one.
     */
    long holdingAnywhere(String word) throws IOException {
        Term text = new Term(Fields.TEXT, word);
        Term heading = new Term(Fields.HEADING, word);
        Term title = new Term(Fields.TITLE, word);
        long holding = 0;
        for (LeafReaderContext leaf : getLeafContexts()) {
            ReadablePassages readable = readable(leaf);
            holding += readable.holding(text)
                    + readable.holdingOnly(heading, List.of(text))
                    + readable.holdingOnly(title, List.of(text, heading));
        }
        return holding;
    }

    private ReadablePassages readable(LeafReaderContext leaf) throws IOException {
        return MarkingTotals.of(leaf.reader()).readable(leaf.reader(), markings);
    }
}
