package org.cartulary.inference.grammar;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The code points in classes, so that a grammar's sets of characters are unions of classes: what is worked out for one
 * character holds for its class. Immutable.
 */
final class CharacterClasses {
    private static final int ASCII = 128;

    /** First code point of each class; class numbers grow with code points. */
    private final int[] firsts;

    private final int[] ascii = new int[ASCII];

    /** For each set the first and the last class of each of its ranges, in order. */
    private final int[][] sets;

    CharacterClasses(List<CodePoints> sets) {
        this.firsts = IntStream.concat(
                        IntStream.of(0),
                        sets.stream()
                                .flatMap(set -> set.ranges().stream())
                                .flatMapToInt(range -> IntStream.of(range.first(), range.last() + 1)))
                .filter(first -> first <= Character.MAX_CODE_POINT)
                .sorted()
                .distinct()
                .toArray();
        for (int c = 0; c < ASCII; c++) {
            ascii[c] = search(c);
        }
        this.sets = sets.stream()
                .map(set -> set.ranges().stream()
                        .flatMapToInt(range -> IntStream.of(search(range.first()), search(range.last())))
                        .toArray())
                .toArray(int[][]::new);
    }

    int of(int codePoint) {
        return codePoint < ASCII ? ascii[codePoint] : search(codePoint);
    }

    private int search(int codePoint) {
        int found = Arrays.binarySearch(firsts, codePoint);
        return found >= 0 ? found : -found - 2;
    }

    boolean has(int set, int characterClass) {
        return meetsClasses(set, characterClass, characterClass);
    }

    /** Whether the set has one of these code points. */
    boolean meets(int set, int lowest, int highest) {
        return meetsClasses(set, of(lowest), of(highest));
    }

    private boolean meetsClasses(int set, int lowest, int highest) {
        int[] bounds = sets[set];
        int low = 0;
        int high = bounds.length / 2;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (bounds[2 * middle + 1] < lowest) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return 2 * low < bounds.length && bounds[2 * low] <= highest;
    }
}
