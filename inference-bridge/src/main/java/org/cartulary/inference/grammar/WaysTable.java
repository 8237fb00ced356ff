package org.cartulary.inference.grammar;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sets of ways of one answer, each once. One thread. */
final class WaysTable {
    /** Ways held before what the answer no longer needs is dropped. */
    private static final int MAX_HELD = 100_000;

    private static final Comparator<Way> IN_ORDER = Comparator.comparingInt(Way::at)
            .thenComparingInt(Way::count)
            .thenComparingInt(way -> way.after().number());

    private record Content(List<Way> ways, boolean mayEnd) {}

    private final Map<Content, Ways> all = new HashMap<>();
    private final Effort effort;
    private int held;
    private int limit = MAX_HELD;
    private int numbered;

    WaysTable(Effort effort) {
        this.effort = effort;
    }

    Ways none() {
        return of(List.of(), false);
    }

    /** Nothing follows. */
    Ways end() {
        return of(List.of(), true);
    }

    /** Some ways, in any order, perhaps more than once. */
    Ways of(List<Way> ways, boolean mayEnd) {
        Content content = new Content(
                ways.size() < 2
                        ? List.copyOf(ways)
                        : ways.stream().sorted(IN_ORDER).distinct().toList(),
                mayEnd);
        Ways known = all.get(content);
        return known == null ? add(content) : known;
    }

    private Ways add(Content content) {
        effort.spend(Effort.NEW_SET + content.ways().size());
        Ways made = new Ways(numbered++, content.ways(), content.mayEnd());
        put(made);
        return made;
    }

    private void put(Ways ways) {
        all.put(new Content(ways.ways(), ways.mayEnd()), ways);
        held += 1 + ways.ways().size();
    }

    /** Drops what cannot be reached from here, where much is held; whether it did so. */
    boolean trim(Ways here) {
        if (held <= limit) {
            return false;
        }
        all.clear();
        held = 0;
        Deque<Ways> open = new ArrayDeque<>();
        keep(here, open);
        while (!open.isEmpty()) {
            open.remove().ways().forEach(way -> keep(way.after(), open));
        }
        // A deep answer is not gone through again for each token.
        limit = MAX_HELD + 2 * held;
        return true;
    }

    private void keep(Ways ways, Deque<Ways> open) {
        if (!all.containsKey(new Content(ways.ways(), ways.mayEnd()))) {
            ways.forgetTargets();
            put(ways);
            open.add(ways);
        }
    }
}
