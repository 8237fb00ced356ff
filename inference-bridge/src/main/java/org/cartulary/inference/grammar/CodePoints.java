package org.cartulary.inference.grammar;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A set of code points.
 *
 * @param ranges in order, none touching another
 */
record CodePoints(List<Range> ranges) {
    /** Both ends belong to it. */
    record Range(int first, int last) {}

    static final CodePoints ALL = new CodePoints(List.of(new Range(0, Character.MAX_CODE_POINT)));

    static CodePoints only(int codePoint) {
        return of(List.of(new Range(codePoint, codePoint)));
    }

    /** All that lie in one of the ranges; one whose ends are crossed is empty. */
    static CodePoints of(List<Range> ranges) {
        List<Range> merged = new ArrayList<>();
        ranges.stream()
                .map(range -> new Range(range.first(), Math.min(range.last(), Character.MAX_CODE_POINT)))
                .filter(range -> range.first() <= range.last())
                .sorted(Comparator.comparingInt(Range::first))
                .forEach(range -> merge(merged, range));
        return new CodePoints(List.copyOf(merged));
    }

    private static void merge(List<Range> merged, Range next) {
        if (!merged.isEmpty() && merged.getLast().last() >= next.first() - 1) {
            Range before = merged.removeLast();
            merged.add(new Range(before.first(), Math.max(before.last(), next.last())));
        } else {
            merged.add(next);
        }
    }

    CodePoints others() {
        List<Range> others = new ArrayList<>();
        int from = 0;
        for (Range range : ranges) {
            if (range.first() > from) {
                others.add(new Range(from, range.first() - 1));
            }
            from = range.last() + 1;
        }
        if (from <= Character.MAX_CODE_POINT) {
            others.add(new Range(from, Character.MAX_CODE_POINT));
        }
        return new CodePoints(List.copyOf(others));
    }
}
