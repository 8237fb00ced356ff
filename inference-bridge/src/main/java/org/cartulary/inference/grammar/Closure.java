package org.cartulary.inference.grammar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows ways to the characters and tokens that they come to.
 *
 * <p>A rule that is begun in several places is followed once, with all that may come after it, so that grammars with
 * many readings make long sets and not many stacks. For this the rules are taken by rank: when a rule's turn comes, all
 * that begins with it is known. A rule that may be empty is passed where it is begun; that it comes to its end without a
 * character adds nothing then. Used once.
 */
final class Closure {
    /** Most ways at once: more than a grammar has alternatives, unless it can be read in many ways. */
    static final int MAX_WAYS = 16_384;

    /** What may come after a rule that is begun. */
    private static final class Call {
        private final List<Way> after = new ArrayList<>();
        private boolean mayEnd;
    }

    private final RuleTable rules;
    private final WaysTable table;
    private final Effort effort;
    private final Deque<Way> open = new ArrayDeque<>();
    private final Set<Way> seen = new HashSet<>();
    private final BitSet called = new BitSet();
    private final Map<Integer, Call> calls = new HashMap<>();
    private final List<Way> found = new ArrayList<>();
    private boolean mayEnd;

    Closure(RuleTable rules, WaysTable table, Effort effort) {
        this.rules = rules;
        this.table = table;
        this.effort = effort;
    }

    /** Begins with the rule {@code root}. */
    Closure root() {
        call(rules.root(), table.end());
        mayEnd = rules.mayBeEmpty(rules.root());
        return this;
    }

    /** Goes on behind elements that have just been there. */
    Closure behind(List<Way> ways) {
        ways.forEach(way -> open(next(way)));
        return this;
    }

    /** Adds ways that are followed already. */
    Closure with(Ways ways) {
        found.addAll(ways.ways());
        mayEnd |= ways.mayEnd();
        return this;
    }

    /** @throws org.cartulary.inference.InferenceRefused when there are too many ways */
    Ways ways() {
        while (!open.isEmpty()) {
            follow(open.remove());
        }
        for (int rank = called.nextSetBit(0); rank >= 0; rank = called.nextSetBit(rank + 1)) {
            begin(rules.atRank(rank));
        }
        Ways ways = table.of(found, mayEnd);
        if (ways.ways().size() > MAX_WAYS) {
            throw GrammarRefused.tooManyWays();
        }
        return ways;
    }

    private void follow(Way way) {
        Element element = rules.element(way.at());
        effort.spend(1);
        if (element.isEnd()) {
            mayEnd |= way.after().mayEnd();
            way.after().ways().forEach(this::open);
            return;
        }
        meet(element, way);
        if (rules.mayPass(element, way.count())) {
            open(new Way(way.at() + 1, 0, way.after()));
        }
    }

    private void open(Way way) {
        effort.spend(1);
        if (seen.add(way)) {
            open.add(way);
        }
    }

    private void begin(int rule) {
        Call call = calls.getOrDefault(rules.rank(rule), new Call());
        Ways after = table.of(call.after, call.mayEnd);
        for (int start : rules.alternatives(rule)) {
            int at = start;
            while (!rules.element(at).isEnd()) {
                effort.spend(1);
                meet(rules.element(at), new Way(at, 0, after));
                if (!rules.mayPass(rules.element(at), 0)) {
                    break;
                }
                at++;
            }
        }
    }

    private void meet(Element element, Way way) {
        if (!element.isRule()) {
            found.add(way);
            return;
        }
        Way next = next(way);
        if (rules.element(next.at()).isEnd()) {
            call(element.value(), next.after());
        } else {
            callOf(element.value()).after.add(next);
        }
    }

    /** The last thing of an alternative: what follows it is what follows the alternative. */
    private void call(int rule, Ways after) {
        effort.spend(1 + after.ways().size());
        Call call = callOf(rule);
        call.after.addAll(after.ways());
        call.mayEnd |= after.mayEnd();
    }

    private Call callOf(int rule) {
        int rank = rules.rank(rule);
        called.set(rank);
        return calls.computeIfAbsent(rank, _ -> new Call());
    }

    /** Where one goes on after an element was there once more. */
    private Way next(Way way) {
        Element element = rules.element(way.at());
        if (element.most() == Element.UNBOUNDED) {
            return new Way(way.at(), Math.min(way.count() + 1, element.least()), way.after());
        }
        return way.count() + 1 == element.most()
                ? new Way(way.at() + 1, 0, way.after())
                : new Way(way.at(), way.count() + 1, way.after());
    }
}
