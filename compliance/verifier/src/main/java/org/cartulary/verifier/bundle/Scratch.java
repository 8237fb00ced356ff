package org.cartulary.verifier.bundle;

import java.util.ArrayList;
import java.util.List;
import org.cartulary.verifier.zip.Table;

/** The tables of a verification: what grows with a bundle, and so is not kept on the heap. One thread. */
final class Scratch implements AutoCloseable {
    private final List<Table> tables = new ArrayList<>();

    /** An empty one. */
    Table table() {
        Table table = new Table();
        tables.add(table);
        return table;
    }

    @Override
    public void close() {
        tables.forEach(Table::close);
    }
}
