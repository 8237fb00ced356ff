package org.cartulary.ingest.structure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cartulary.ingest.text.NormalisedText;
import org.jspecify.annotations.Nullable;

/**
 * A table as rows of cells, and its rows as lines that can be understood alone: where the first full row is a header,
 * each later one reads "Item: X; Fee: Y".
 */
final class Table {
    /** A cell longer than this is not a label: the table serves layout. */
    private static final int LABEL_CHARACTERS = 80;

    private final List<List<StringBuilder>> rows = new ArrayList<>();

    void startRow() {
        rows.add(new ArrayList<>());
    }

    void startCell() {
        if (rows.isEmpty()) {
            startRow();
        }
        rows.getLast().add(new StringBuilder());
    }

    /** Adds text to the current cell. */
    void append(String text) {
        if (rows.isEmpty() || rows.getLast().isEmpty()) {
            startCell();
        }
        rows.getLast().getLast().append(text).append(' ');
    }

    /** All cells as one text, for a table within a cell. */
    String flat() {
        return cells().stream().map(row -> filled(row, "; ")).collect(Collectors.joining("; "));
    }

    List<Block> blocks(@Nullable Integer page) {
        List<List<String>> cells = cells();
        int header = header(cells);
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            List<String> row = cells.get(i);
            if (i != header || header == cells.size() - 1) {
                blocks.add(block(row, i > header && header >= 0 ? cells.get(header) : List.of(), page));
            }
        }
        return blocks;
    }

    private static Block block(List<String> row, List<String> header, @Nullable Integer page) {
        boolean single = row.stream().filter(cell -> !cell.isEmpty()).count() == 1;
        if (single) {
            return Block.paragraph(filled(row, ""), page);
        }
        return Block.row(row.size() <= header.size() ? labelled(row, header) : filled(row, " | "), page);
    }

    private static String labelled(List<String> row, List<String> header) {
        return IntStream.range(0, row.size())
                .filter(i -> !row.get(i).isEmpty())
                .mapToObj(i -> header.get(i).isEmpty() ? row.get(i) : header.get(i) + ": " + row.get(i))
                .collect(Collectors.joining("; "));
    }

    private static String filled(List<String> row, String separator) {
        return row.stream().filter(cell -> !cell.isEmpty()).collect(Collectors.joining(separator));
    }

    private List<List<String>> cells() {
        return rows.stream()
                .map(row -> row.stream()
                        .map(cell -> NormalisedText.of(cell.toString()))
                        .toList())
                .filter(row -> row.stream().anyMatch(cell -> !cell.isEmpty()))
                .toList();
    }

    /** The first row of two or more labels, if it is as wide as most of what follows; -1 where there is none. */
    private static int header(List<List<String>> cells) {
        for (int i = 0; i < cells.size(); i++) {
            List<String> row = cells.get(i);
            long filled = row.stream().filter(cell -> !cell.isEmpty()).count();
            if (filled >= 2) {
                return row.stream().allMatch(Table::isLabel) && filled * 2 >= row.size() ? i : -1;
            }
        }
        return -1;
    }

    private static boolean isLabel(String cell) {
        boolean number = cell.matches("[-+(]?[£$€]?[\\d.,]+[%)]?") && !cell.matches("(19|20)\\d\\d");
        return cell.isEmpty() || (cell.length() <= LABEL_CHARACTERS && !number);
    }
}
