package org.cartulary.compliance.evidence;

import java.util.BitSet;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Finds the indexes of a selection: a bit for each entry of the tree, whatever was found. */
final class EntrySelection {
    private static final int PAGE = 1_000;

    private final Handle handle;
    private final OpenedLog log;
    private final int shard;
    private final long size;
    private final long from;
    private final long to;
    private final BitSet indexes = new BitSet();

    private EntrySelection(Handle handle, OpenedLog log, int shard, long size, Selection selection) {
        this.handle = handle;
        this.log = log;
        this.shard = shard;
        this.size = size;
        this.from = selection.from() == null ? 0 : selection.from();
        this.to = selection.to() == null ? size : selection.to();
    }

    /**
     * The indexes in a shard of so many entries.
     *
     * @throws IllegalArgumentException where the range is none of these entries
     */
    static IndexRanges of(Handle handle, OpenedLog log, int shard, long size, Selection selection) {
        EntrySelection entries = new EntrySelection(handle, log, shard, size, selection);
        entries.requireRange();
        if (selection.isRange()) {
            return IndexRanges.of(entries.from, entries.to);
        }
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("Of a shard of more than 2^31 entries only ranges can be exported");
        }
        Long number = selection.number();
        if (number != null) {
            entries.take(List.of(number));
            entries.keepAlso(selection);
        } else {
            entries.find(selection.wanted());
        }
        return IndexRanges.of(entries.indexes);
    }

    private void requireRange() {
        if (from < 0 || to < from || to > size) {
            throw new IllegalArgumentException("Entries are chosen from one index up to another of the " + size
                    + " published ones, but were asked for from " + from + " up to, not with, " + to);
        }
    }

    /** A number that is wanted together with something else is looked for among what that finds. */
    private void keepAlso(Selection selection) {
        if (new Selection(null, null, null, selection.wanted()).isRange()) {
            return;
        }
        BitSet named = (BitSet) indexes.clone();
        indexes.clear();
        find(selection.wanted());
        indexes.and(named);
    }

    private void find(Wanted wanted) {
        long before = Long.MAX_VALUE;
        List<Found> page;
        do {
            page = EntrySearch.find(handle, log, wanted, before, PAGE);
            take(page.stream().map(Found::number).distinct().toList());
            before = page.isEmpty() ? 0 : page.getLast().number();
        } while (page.size() == PAGE);
    }

    /** Takes all entries of these numbers that the tree has, where the first of them lies in the range. */
    private void take(List<Long> numbers) {
        handle.createQuery("""
                        SELECT tree_index FROM (
                            SELECT tree_index, min(tree_index) OVER (PARTITION BY number) AS first
                            FROM compliance.entry WHERE shard = :shard AND number = ANY (:numbers)) AS placed
                        WHERE tree_index < :size AND first >= :from AND first < :to""")
                .bind("shard", shard)
                .bindArray("numbers", Long.class, numbers)
                .bind("size", size)
                .bind("from", from)
                .bind("to", to)
                .mapTo(Long.class)
                .forEach(index -> indexes.set(index.intValue()));
    }
}
