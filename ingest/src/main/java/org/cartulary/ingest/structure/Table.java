package org.cartulary.ingest.structure;

import static org.cartulary.ingest.structure.XhtmlBlocks.BREAK;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cartulary.ingest.text.NormalisedText;
import org.jspecify.annotations.Nullable;

/**
 * A table as rows of cells, and its rows as lines that can be understood alone: where a row of labels leads the others,
 * each of them reads "Item: X; Fee: Y".
 */
final class Table {
    /** A cell longer than this is not a label: the table serves layout. */
    private static final int LABEL_CHARACTERS = 80;

    /** Paragraphs and doubled line breaks within a cell. */
    static final Pattern EMPTY_LINE = Pattern.compile(BREAK + "\\s*" + BREAK);

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
        rows.removeIf(row ->
                row.stream().allMatch(cell -> NormalisedText.of(cell.toString()).isEmpty()));
        List<List<String>> cells = cells();
        int width = usualWidth(cells);
        boolean numeric =
                cells.stream().anyMatch(row -> filled(row) >= 2 && !row.stream().allMatch(Table::isLabel));
        List<String> header = List.of();
        boolean afterTitle = true;
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            List<String> row = cells.get(i);
            boolean begins =
                    (header.isEmpty() || numeric) && afterTitle && isHeader(row, width) && i + 1 < cells.size();
            afterTitle = filled(row) < Math.min(2, width) || (header.isEmpty() && filled(row) < width);
            if (begins) {
                header = row;
            } else if (!row.equals(header)) {
                blocks.addAll(filled(row) == 1 ? paragraphs(i, page) : List.of(block(row, header, page)));
            }
        }
        return blocks;
    }

    /** A row with one filled cell is a title, or text in a table that serves layout. */
    private List<Block> paragraphs(int index, @Nullable Integer page) {
        return rows.get(index).stream()
                .flatMap(cell -> EMPTY_LINE.splitAsStream(cell))
                .map(NormalisedText::of)
                .filter(text -> !text.isEmpty())
                .map(text -> Block.paragraph(text, page))
                .toList();
    }

    private static Block block(List<String> row, List<String> header, @Nullable Integer page) {
        return Block.row(row.size() <= header.size() ? labelled(row, header) : filled(row, " | "), page);
    }

    private static long filled(List<String> row) {
        return row.stream().filter(cell -> !cell.isEmpty()).count();
    }

    /** The median of filled cells, over rows that have at least two. */
    private static int usualWidth(List<List<String>> cells) {
        List<Long> widths =
                cells.stream().map(Table::filled).filter(n -> n >= 2).sorted().toList();
        return widths.isEmpty() ? 1 : widths.get(widths.size() / 2).intValue();
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

    /** Labels only, nearly as many as the table is usually wide (the first column often has none). */
    private static boolean isHeader(List<String> row, int width) {
        return filled(row) >= 2 && filled(row) >= width - 1 && row.stream().allMatch(Table::isLabel);
    }

    /** Short, and words rather than a number; a year may head a column. */
    private static boolean isLabel(String cell) {
        if (cell.isEmpty() || cell.matches("(FY ?)?(19|20)\\d\\d")) {
            return true;
        }
        long letters = cell.codePoints().filter(Character::isLetter).count();
        long digits = cell.codePoints().filter(Character::isDigit).count();
        return cell.length() <= LABEL_CHARACTERS && letters > 0 && letters >= digits;
    }
}
