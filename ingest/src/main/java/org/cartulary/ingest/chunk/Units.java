package org.cartulary.ingest.chunk;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cartulary.ingest.structure.Block;

/** Lays blocks out as one text and cuts it into units that the embedder can take. */
final class Units {
    private final TokenCounter counter;
    private final int maxTokens;
    private final StringBuilder text = new StringBuilder();

    Units(TokenCounter counter, int maxTokens) {
        this.counter = counter;
        this.maxTokens = maxTokens;
    }

    String text() {
        return text.toString();
    }

    /** Units of all blocks, in order, counted, each of at most {@code maxTokens}. */
    List<Unit> of(List<Block> blocks) {
        List<Unit> units = new ArrayList<>();
        Block last = null;
        for (Block block : blocks) {
            text.append(last == null ? "" : separator(last, block));
            int start = text.length();
            text.append(block.text());
            units.addAll(split(block, start));
            last = block;
        }
        return fitting(counted(units));
    }

    private static String separator(Block last, Block next) {
        boolean together = last.kind() == next.kind()
                && (next.kind() == Block.Kind.TABLE_ROW || next.kind() == Block.Kind.LIST_ITEM);
        return together ? "\n" : "\n\n";
    }

    private static List<Unit> split(Block block, int start) {
        if (block.isHeading() || block.kind() == Block.Kind.TABLE_ROW) {
            return List.of(new Unit(block, true, start, start + block.text().length(), 0));
        }
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(block.text());
        List<Unit> units = new ArrayList<>();
        int from = sentences.first();
        for (int to = sentences.next(); to != BreakIterator.DONE; to = sentences.next()) {
            Unit unit = trimmed(block, start, from, to);
            if (unit.length() > 0) {
                units.add(unit.withFirst(units.isEmpty()));
            }
            from = to;
        }
        return units;
    }

    /** Without spaces at either end: a boundary may lie before the space, as after "?." */
    private static Unit trimmed(Block block, int start, int from, int to) {
        int begin = from;
        int end = to;
        while (end > begin && block.text().charAt(end - 1) == ' ') {
            end--;
        }
        while (begin < end && block.text().charAt(begin) == ' ') {
            begin++;
        }
        return new Unit(block, false, start + begin, start + end, 0);
    }

    private List<Unit> counted(List<Unit> units) {
        if (units.isEmpty()) {
            return units;
        }
        String whole = text();
        List<Integer> counts =
                counter.count(units.stream().map(unit -> unit.in(whole)).toList());
        List<Unit> counted = new ArrayList<>(units.size());
        for (int i = 0; i < units.size(); i++) {
            counted.add(units.get(i).withTokens(counts.get(i)));
        }
        return counted;
    }

    /** Sentences and rows longer than a passage may be are halved at a space, or in the middle, until they fit. */
    private List<Unit> fitting(List<Unit> units) {
        List<Unit> fitting = units;
        while (fitting.stream().anyMatch(this::isTooLong)) {
            List<Unit> pieces = new ArrayList<>();
            for (Unit unit : fitting) {
                if (isTooLong(unit)) {
                    pieces.addAll(counted(halves(unit)));
                } else {
                    pieces.add(unit);
                }
            }
            fitting = pieces;
        }
        return fitting;
    }

    private boolean isTooLong(Unit unit) {
        return unit.tokens() > maxTokens && unit.length() > 1;
    }

    private List<Unit> halves(Unit unit) {
        int middle = unit.start() + unit.length() / 2;
        int space = text.lastIndexOf(" ", middle);
        boolean atSpace = space > unit.start() + unit.length() / 4;
        int end = atSpace ? space : Character.isLowSurrogate(text.charAt(middle)) ? middle - 1 : middle;
        int next = atSpace ? space + 1 : end;
        if (end == unit.start()) {
            return List.of(unit.withTokens(maxTokens));
        }
        return List.of(
                new Unit(unit.block(), unit.first(), unit.start(), end, 0),
                new Unit(unit.block(), false, next, unit.end(), 0));
    }
}
