package org.cartulary.compliance.evidence;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

/** Indexes of entries as ranges that neither touch nor overlap, ascending. Immutable. */
public final class IndexRanges {
    /** The most ranges that a manifest names. */
    public static final int MAX_RANGES = 1_000_000;

    private final long[] starts;
    private final long[] ends;

    private IndexRanges(long[] starts, long[] ends) {
        this.starts = starts;
        this.ends = ends;
    }

    /** Takes indexes; may fail on disk. */
    @FunctionalInterface
    public interface Taker {
        void take(long index) throws IOException;
    }

    /** From one index up to, not with, another. */
    public static IndexRanges of(long from, long to) {
        return from >= to
                ? new IndexRanges(new long[0], new long[0])
                : new IndexRanges(new long[] {from}, new long[] {to});
    }

    /**
     * The indexes of bits that are set.
     *
     * @throws IllegalArgumentException where they make more than {@link #MAX_RANGES} ranges
     */
    static IndexRanges of(BitSet indexes) {
        long[] starts = new long[16];
        long[] ends = new long[16];
        int count = 0;
        for (int from = indexes.nextSetBit(0); from >= 0; ) {
            if (count == MAX_RANGES) {
                throw new IllegalArgumentException("What was asked for lies in more than " + MAX_RANGES
                        + " places of the log: choose less, such as a shorter time");
            }
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, 2 * count);
                ends = Arrays.copyOf(ends, 2 * count);
            }
            starts[count] = from;
            ends[count] = indexes.nextClearBit(from);
            from = indexes.nextSetBit((int) ends[count]);
            count++;
        }
        return new IndexRanges(Arrays.copyOf(starts, count), Arrays.copyOf(ends, count));
    }

    /** How many indexes they are. */
    public long count() {
        long count = 0;
        for (int i = 0; i < starts.length; i++) {
            count += ends[i] - starts[i];
        }
        return count;
    }

    /** One past the last index; 0 where there is none. */
    public long end() {
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    public boolean contains(long index) {
        return endFrom(index) > index;
    }

    /** One past the last index of the range that holds this one; the index itself where none does. */
    public long endFrom(long index) {
        int at = Arrays.binarySearch(starts, index);
        int range = at >= 0 ? at : -at - 2;
        return range >= 0 && index < ends[range] ? ends[range] : index;
    }

    /** Such as {@code 5-9 12}: first and last index of each range, or its one index. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < starts.length; i++) {
            text.append(i == 0 ? "" : " ").append(starts[i]);
            if (ends[i] - starts[i] > 1) {
                text.append('-').append(ends[i] - 1);
            }
        }
        return text.toString();
    }

    /** Hands out every index, ascending. */
    public void forEach(Taker taker) throws IOException {
        for (int i = 0; i < starts.length; i++) {
            for (long index = starts[i]; index < ends[i]; index++) {
                taker.take(index);
            }
        }
    }

    /** Hands out every index in the order of their decimal digits as text: 0, 1, 10, 100, 11, 2. */
    public void forEachByName(Taker taker) throws IOException {
        if (contains(0)) {
            taker.take(0);
        }
        for (long digit = 1; digit <= 9; digit++) {
            forEachByName(digit, end(), taker);
        }
    }

    private void forEachByName(long prefix, long end, Taker taker) throws IOException {
        if (prefix >= end) {
            return;
        }
        if (contains(prefix)) {
            taker.take(prefix);
        }
        for (long longer = prefix * 10; longer < Math.min(end, prefix * 10 + 10); longer++) {
            forEachByName(longer, end, taker);
        }
    }
}
