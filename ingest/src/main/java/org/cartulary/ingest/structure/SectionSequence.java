package org.cartulary.ingest.structure;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a document's sections so far. The steps of a numbered list look like sections ("6 Enter the room") but do
 * not go on from the last section, or are written in another way.
 */
final class SectionSequence {
    /** Sections whose headings were not recognised may lie between two that were. */
    private static final int MOST_SKIPPED = 3;

    private List<Integer> last = List.of();
    private @Nullable Boolean pointed;

    /** Whether a number such as {@code 4.2} can be the next section's. */
    boolean isNext(String number, boolean point) {
        List<Integer> next = parts(number);
        if (last.isEmpty()) {
            return true;
        }
        if (next.size() == 1 && pointed != null && point != pointed) {
            return false;
        }
        int depth = Math.min(next.size(), last.size());
        for (int i = 0; i < depth; i++) {
            int step = next.get(i) - last.get(i);
            if (step != 0) {
                return step > 0 && step <= MOST_SKIPPED;
            }
        }
        return next.size() > last.size();
    }

    /** Notes the number of a section. */
    void add(String number, boolean point) {
        List<Integer> parts = parts(number);
        if (parts.size() == 1) {
            pointed = point;
        }
        last = parts;
    }

    /** Another chapter begins. */
    void restart() {
        last = List.of();
        pointed = null;
    }

    private static List<Integer> parts(String number) {
        return Arrays.stream(number.split("\\.", -1)).map(Integer::valueOf).toList();
    }
}
