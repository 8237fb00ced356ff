package org.cartulary.verifier.bundle;

import org.cartulary.verifier.zip.Table;

/**
 * Where the files of a bundle lie: what grows with it, and so is not kept on the heap.
 *
 * @param offsets of the files in the zip
 * @param receipts positions of receipts
 * @param records positions of records
 */
record Scratch(Table offsets, Table receipts, Table records) implements AutoCloseable {
    Scratch() {
        this(new Table(), new Table(), new Table());
    }

    @Override
    public void close() {
        offsets.close();
        receipts.close();
        records.close();
    }
}
