package org.cartulary.retrieval.lexical;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.ConjunctionUtils;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * The passages of one segment that bear one of some markings and are not deleted, and how many of them hold a word. Kept for
 * those who ask with the same markings: of other passages nothing enters it. Thread-safe.
 */
final class ReadablePassages {
    /** Words whose number is kept; when there are more, all are forgotten. */
    private static final int MAX_TERMS = 4_096;

    private final LeafReader segment;
    /** Null where that is every passage of the segment. */
    private final @Nullable FixedBitSet passages;

    private final int count;
    private final Map<Term, Integer> holding = new ConcurrentHashMap<>();

    private ReadablePassages(LeafReader segment, @Nullable FixedBitSet passages) {
        this.segment = segment;
        this.passages = passages;
        this.count = passages == null ? segment.maxDoc() : passages.cardinality();
    }

    static ReadablePassages of(LeafReader segment, MarkingTotals totals, SortedSet<Long> markings) throws IOException {
        if (!segment.hasDeletions() && totals.areAllAmong(markings)) {
            return new ReadablePassages(segment, null);
        }
        FixedBitSet passages = new FixedBitSet(segment.maxDoc());
        NumericDocValues borne = segment.getNumericDocValues(Fields.MARKING);
        Bits live = segment.getLiveDocs();
        if (borne != null && totals.areAnyAmong(markings)) {
            for (int passage = borne.nextDoc(); passage != DocIdSetIterator.NO_MORE_DOCS; passage = borne.nextDoc()) {
                if ((live == null || live.get(passage)) && markings.contains(borne.longValue())) {
                    passages.set(passage);
                }
            }
        }
        return new ReadablePassages(segment, passages);
    }

    int count() {
        return count;
    }

    boolean areAll() {
        return passages == null;
    }

    DocIdSetIterator iterator() {
        return passages == null ? DocIdSetIterator.all(segment.maxDoc()) : new BitSetIterator(passages, count);
    }

    /** How many hold a word in a field. */
    int holding(Term term) throws IOException {
        Integer known = holding.get(term);
        if (known != null) {
            return known;
        }
        int counted = count(term);
        if (holding.size() >= MAX_TERMS) {
            holding.clear();
        }
        holding.put(term, counted);
        return counted;
    }

    private int count(Term term) throws IOException {
        if (passages == null) {
            return segment.docFreq(term);
        }
        PostingsEnum postings = postings(term);
        return postings == null || count == 0
                ? 0
                : count(ConjunctionUtils.intersectIterators(List.of(postings, iterator())));
    }

    /** How many hold a word in a first field, and not in any of some others. */
    int holdingOnly(Term term, List<Term> others) throws IOException {
        PostingsEnum postings = postings(term);
        if (postings == null || count == 0) {
            return 0;
        }
        DocIdSetIterator among = ConjunctionUtils.intersectIterators(List.of(postings, iterator()));
        DocIdSetIterator[] elsewhere = new DocIdSetIterator[others.size()];
        for (int i = 0; i < elsewhere.length; i++) {
            PostingsEnum found = postings(others.get(i));
            elsewhere[i] = found == null ? DocIdSetIterator.empty() : found;
        }
        int only = 0;
        for (int passage = among.nextDoc(); passage != DocIdSetIterator.NO_MORE_DOCS; passage = among.nextDoc()) {
            if (!isIn(elsewhere, passage)) {
                only++;
            }
        }
        return only;
    }

    private static boolean isIn(DocIdSetIterator[] some, int passage) throws IOException {
        for (DocIdSetIterator one : some) {
            int at = one.docID() < passage ? one.advance(passage) : one.docID();
            if (at == passage) {
                return true;
            }
        }
        return false;
    }

    private @Nullable PostingsEnum postings(Term term) throws IOException {
        var terms = segment.terms(term.field());
        if (terms == null) {
            return null;
        }
        TermsEnum found = terms.iterator();
        return found.seekExact(term.bytes()) ? found.postings(null, PostingsEnum.NONE) : null;
    }

    private static int count(DocIdSetIterator passages) throws IOException {
        int count = 0;
        while (passages.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
            count++;
        }
        return count;
    }
}
