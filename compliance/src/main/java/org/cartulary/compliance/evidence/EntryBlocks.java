package org.cartulary.compliance.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;

/**
 * Entries of a shard by index, read from the database some hundred at a time. The order of names visits the log at as many
 * places at once as its indexes have numbers of digits, so some blocks are kept. For one thread.
 */
final class EntryBlocks {
    private static final int MOST_ENTRIES = 256;
    private static final int KEPT_BLOCKS = 24;

    /** Of a block; one more entry may come on top. */
    private static final long MOST_BYTES = 2L * 1024 * 1024;

    private static final int FETCHED = 32;

    private final Jdbi jdbi;
    private final int shard;
    private final TreeMap<Long, Block> blocks = new TreeMap<>();
    private long uses;

    EntryBlocks(Jdbi jdbi, int shard) {
        this.jdbi = jdbi;
        this.shard = shard;
    }

    private static final class Block {
        private final List<StoredEntry> entries;
        private long used;

        Block(List<StoredEntry> entries) {
            this.entries = entries;
        }
    }

    /**
     * An entry.
     *
     * @param end one past the last that will be asked for of those that follow this one
     * @throws IllegalStateException where the database lacks it
     */
    StoredEntry at(long index, long end) {
        var before = blocks.floorEntry(index);
        Block block = before != null
                        && index - before.getKey() < before.getValue().entries.size()
                ? before.getValue()
                : read(index, end);
        block.used = ++uses;
        return block.entries.get((int) (index - blocks.floorKey(index)));
    }

    private Block read(long index, long end) {
        Long next = blocks.higherKey(index);
        long to = Math.min(Math.min(end, index + MOST_ENTRIES), next == null ? Long.MAX_VALUE : next);
        List<StoredEntry> entries = jdbi.inTransaction(handle -> {
            List<StoredEntry> read = new ArrayList<>();
            long bytes = 0;
            try (var rows = EntryReader.range(handle, shard, index, to, FETCHED)) {
                while (bytes < MOST_BYTES && rows.hasNext()) {
                    StoredEntry entry = rows.next();
                    byte[] payload = entry.payload();
                    bytes += entry.leaf().length + (payload == null ? 0 : payload.length);
                    read.add(entry);
                }
            }
            return read;
        });
        for (int i = 0; i <= entries.size(); i++) {
            Long found = i < entries.size() ? entries.get(i).treeIndex() : null;
            if (i < entries.size() ? found == null || found != index + i : entries.isEmpty()) {
                throw new IllegalStateException("The database lacks entry " + (index + i) + ": restore it");
            }
        }
        if (blocks.size() == KEPT_BLOCKS) {
            blocks.remove(blocks.entrySet().stream()
                    .min((one, other) -> Long.compare(one.getValue().used, other.getValue().used))
                    .orElseThrow()
                    .getKey());
        }
        Block block = new Block(entries);
        blocks.put(index, block);
        return block;
    }
}
