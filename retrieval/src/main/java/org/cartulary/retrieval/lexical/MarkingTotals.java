package org.cartulary.retrieval.lexical;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.SmallFloat;
import org.jspecify.annotations.Nullable;

/**
 * How many passages of one segment bear each marking, and how long they are: what BM25 must know of a reader's passages.
 * Counted once for a segment and its deletions, when it is opened; which passages those are, when they are first asked for.
 * Thread-safe.
 */
final class MarkingTotals {
    static final List<String> FIELDS = List.of(Fields.TITLE, Fields.HEADING, Fields.TEXT);

    /** Sets of markings whose passages are kept, at one bit for each passage of the segment. */
    private static final int MAX_READERS = 64;

    private static final Map<IndexReader.CacheKey, MarkingTotals> COUNTED = new ConcurrentHashMap<>();

    /** Passages with words and number of words, for each field in turn. */
    private final Map<Long, long[]> byMarking;

    /** Those that were asked for last. */
    private final Map<SortedSet<Long>, ReadablePassages> readable = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SortedSet<Long>, ReadablePassages> eldest) {
            return size() > MAX_READERS;
        }
    };

    private MarkingTotals(Map<Long, long[]> byMarking) {
        this.byMarking = byMarking;
    }

    static MarkingTotals of(LeafReader segment) throws IOException {
        IndexReader.CacheHelper cache = segment.getReaderCacheHelper();
        if (cache == null) {
            return count(segment);
        }
        MarkingTotals known = COUNTED.get(cache.getKey());
        if (known != null) {
            return known;
        }
        MarkingTotals counted = count(segment);
        if (COUNTED.putIfAbsent(cache.getKey(), counted) == null) {
            cache.addClosedListener(COUNTED::remove);
        }
        return counted;
    }

    /** Passages of a marking that have words in a field. */
    long passages(String field, long marking) {
        long[] totals = byMarking.get(marking);
        return totals == null ? 0 : totals[2 * FIELDS.indexOf(field)];
    }

    /** Their words, as coarsely as Lucene keeps lengths. */
    long words(String field, long marking) {
        long[] totals = byMarking.get(marking);
        return totals == null ? 0 : totals[2 * FIELDS.indexOf(field) + 1];
    }

    /** Whether every passage of the segment bears one of these. */
    boolean areAllAmong(Set<Long> markings) {
        return markings.containsAll(byMarking.keySet());
    }

    /** Whether some passage of the segment bears one of these. */
    boolean areAnyAmong(Set<Long> markings) {
        return !Collections.disjoint(byMarking.keySet(), markings);
    }

    /** The passages of this same segment that bear one of these. */
    ReadablePassages readable(LeafReader segment, SortedSet<Long> markings) throws IOException {
        synchronized (readable) {
            ReadablePassages known = readable.get(markings);
            if (known == null) {
                known = ReadablePassages.of(segment, this, markings);
                readable.put(Collections.unmodifiableSortedSet(new TreeSet<>(markings)), known);
            }
            return known;
        }
    }

    private static MarkingTotals count(LeafReader segment) throws IOException {
        NumericDocValues markings = segment.getNumericDocValues(Fields.MARKING);
        Map<Long, long[]> byMarking = new HashMap<>();
        if (markings == null) {
            return new MarkingTotals(byMarking);
        }
        NumericDocValues[] lengths = new NumericDocValues[FIELDS.size()];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = segment.getNormValues(FIELDS.get(i));
        }
        Bits live = segment.getLiveDocs();
        for (int passage = markings.nextDoc(); passage != DocIdSetIterator.NO_MORE_DOCS; passage = markings.nextDoc()) {
            if (live == null || live.get(passage)) {
                add(
                        byMarking.computeIfAbsent(markings.longValue(), marking -> new long[2 * lengths.length]),
                        lengths,
                        passage);
            }
        }
        return new MarkingTotals(byMarking);
    }

    private static void add(long[] totals, @Nullable NumericDocValues[] lengths, int passage) throws IOException {
        for (int i = 0; i < lengths.length; i++) {
            NumericDocValues field = lengths[i];
            int words =
                    field != null && field.advanceExact(passage) ? SmallFloat.byte4ToInt((byte) field.longValue()) : 0;
            if (words > 0) {
                totals[2 * i]++;
                totals[2 * i + 1] += words;
            }
        }
    }
}
