package org.cartulary.retrieval.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.Search;

/**
 * Finds the heading row of a row that does not name its cells itself. Rows whose cells bars, tabs or wide gaps part go
 * upwards without a break to theirs; of PDF only lines are left, and there the top of the lines that are no sentences must
 * have words alone, and two lines below it figures. Thread-safe.
 */
public final class HeadingRows {
    /** Passages follow one another with an empty line between them at most. */
    private static final int GAP = 2;

    private final Search search;

    public HeadingRows(Search search) {
        this.search = search;
    }

    /**
     * The heading row over what stands at a place of a passage, also where the table begins in a passage before, which is
     * read under the same rights.
     *
     * @param start offset in the document's normalised text
     * @return empty where it is no row, names its cells itself, or has no heading row
     */
    public Optional<HeadingRow> over(Hit hit, int start, SearchScope scope) {
        List<Line> own = Line.of(hit);
        List<Line> table = table(start, own);
        boolean goesOn = !table.isEmpty() && table.getFirst().equals(own.getFirst());
        Optional<HeadingRow> before = goesOn ? over(hit, start, search.around(List.of(hit), scope)) : Optional.empty();
        return before.or(() -> heading(table, start));
    }

    /**
     * The same, looked for in passages that were read already.
     *
     * @param known any passages; those count that lead up to the hit under the same heading
     */
    public static Optional<HeadingRow> over(Hit hit, int start, List<Hit> known) {
        return heading(table(start, linesBefore(hit, known)), start)
                .or(() -> heading(table(start, Line.of(hit)), start));
    }

    /** The lines of a passage and of those that lead up to it. */
    private static List<Line> linesBefore(Hit hit, List<Hit> known) {
        List<Hit> leading = new ArrayList<>(List.of(hit));
        List<Hit> before = known.stream()
                .filter(other -> other.document().equals(hit.document())
                        && Objects.equals(other.anchor(), hit.anchor())
                        && other.end() <= hit.start())
                .sorted(Comparator.comparingInt(Hit::start).reversed())
                .toList();
        for (Hit other : before) {
            if (leading.getFirst().start() - other.end() <= GAP) {
                leading.addFirst(other);
            }
        }
        return leading.stream().flatMap(one -> Line.of(one).stream()).toList();
    }

    /** The lines of the table whose row stands at a place; none where no row does. */
    private static List<Line> table(int start, List<Line> lines) {
        int own = -1;
        while (own + 1 < lines.size() && lines.get(own + 1).start() <= start) {
            own++;
        }
        if (own < 0 || !isRow(lines.get(own))) {
            return List.of();
        }
        Predicate<Line> part = lines.get(own).hasCells() ? Line::hasCells : Line::mayBePlainRow;
        int top = own;
        while (top > 0 && part.test(lines.get(top - 1))) {
            top--;
        }
        int bottom = own + 1;
        while (bottom < lines.size() && part.test(lines.get(bottom))) {
            bottom++;
        }
        return lines.subList(top, bottom);
    }

    private static boolean isRow(Line line) {
        return line.hasCells() || (line.mayBePlainRow() && line.hasFigures());
    }

    private static Optional<HeadingRow> heading(List<Line> table, int start) {
        if (table.isEmpty() || table.getFirst().end() > start) {
            return Optional.empty();
        }
        Line top = table.getFirst();
        boolean heads = top.hasCells()
                ? top.hasOnlyLabels()
                : top.mayBePlainLabels()
                        && table.stream().filter(Line::hasFigures).count() >= 2;
        return heads ? Optional.of(HeadingRow.of(top)) : Optional.empty();
    }
}
