package org.cartulary.inference.template;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Text that knows which of its characters came from a caller. Equal to another with the same characters, wherever they
 * came from. Immutable.
 */
final class Text implements Comparable<Text> {
    static final Text EMPTY = new Text("", new int[0]);

    private final String value;

    /** Starts and ends of the stretches that came from a caller, ascending, none empty, none touching the next. */
    private final int[] runs;

    private Text(String value, int[] runs) {
        this.value = value;
        this.runs = runs;
    }

    /** Text of the template's own. */
    static Text own(String value) {
        return value.isEmpty() ? EMPTY : new Text(value, EMPTY.runs);
    }

    /** Text that a caller wrote. */
    static Text caller(String value) {
        return value.isEmpty() ? EMPTY : new Text(value, new int[] {0, value.length()});
    }

    /** Text computed from others; where one of them has a caller's characters, all of it counts as the caller's. */
    static Text derived(String value, Text... sources) {
        return Arrays.stream(sources).anyMatch(Text::hasCaller) ? caller(value) : own(value);
    }

    String value() {
        return value;
    }

    int length() {
        return value.length();
    }

    boolean isEmpty() {
        return value.isEmpty();
    }

    boolean hasCaller() {
        return runs.length > 0;
    }

    int[] runs() {
        return runs.clone();
    }

    /** The stretch between two offsets in UTF-16 units. */
    Text slice(int from, int to) {
        if (from == 0 && to == value.length()) {
            return this;
        }
        Builder builder = new Builder();
        builder.append(this, from, to);
        return builder.build();
    }

    private int firstRunAfter(int offset) {
        int found = Arrays.binarySearch(runs, offset);
        return (found < 0 ? -found - 1 : found) & ~1;
    }

    @Override
    public int compareTo(Text other) {
        int[] left = value.codePoints().toArray();
        int[] right = other.value.codePoints().toArray();
        return Arrays.compare(left, right);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Text text && value.equals(text.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }

    /** Joins texts. */
    static final class Builder {
        private final StringBuilder value = new StringBuilder();
        private int[] runs = new int[8];
        private int count;

        Builder append(Text text) {
            return append(text, 0, text.length());
        }

        Builder append(Text text, int from, int to) {
            for (int i = text.firstRunAfter(from); i < text.runs.length && text.runs[i] < to; i += 2) {
                int start = Math.max(from, text.runs[i]);
                int end = Math.min(to, text.runs[i + 1]);
                if (start < end) {
                    addRun(value.length() + start - from, value.length() + end - from);
                }
            }
            value.append(text.value, from, to);
            return this;
        }

        int length() {
            return value.length();
        }

        Text build() {
            return value.isEmpty() ? EMPTY : new Text(value.toString(), Arrays.copyOf(runs, count));
        }

        private void addRun(int start, int end) {
            if (count > 0 && runs[count - 1] == start) {
                runs[count - 1] = end;
                return;
            }
            if (count + 2 > runs.length) {
                runs = Arrays.copyOf(runs, runs.length * 2);
            }
            runs[count++] = start;
            runs[count++] = end;
        }
    }
}
