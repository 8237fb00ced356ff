package org.cartulary.inference.grammar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** Finds the rules that allow an empty text, in time that grows with the number of elements. */
final class EmptyRules {
    /** An alternative, and how many of its elements are not yet known to allow an empty text. */
    private static final class Alternative {
        private final int rule;
        private int missing;

        Alternative(int rule) {
            this.rule = rule;
        }
    }

    private final BitSet empty = new BitSet();
    private final Deque<Integer> found = new ArrayDeque<>();
    private final List<List<Alternative>> waiting = new ArrayList<>();

    private EmptyRules() {}

    static BitSet of(RuleTable rules) {
        EmptyRules finding = new EmptyRules();
        for (int rule = 0; rule < rules.count(); rule++) {
            finding.waiting.add(new ArrayList<>());
        }
        for (int rule = 0; rule < rules.count(); rule++) {
            for (int start : rules.alternatives(rule)) {
                finding.look(rules, rule, start);
            }
        }
        while (!finding.found.isEmpty()) {
            finding.waiting.get(finding.found.remove()).forEach(finding::oneLess);
        }
        return finding.empty;
    }

    private void look(RuleTable rules, int rule, int start) {
        Alternative alternative = new Alternative(rule);
        for (int at = start; !rules.element(at).isEnd(); at++) {
            Element element = rules.element(at);
            if (element.least() > 0) {
                alternative.missing++;
                if (element.isRule()) {
                    waiting.get(element.value()).add(alternative);
                }
            }
        }
        if (alternative.missing == 0) {
            add(rule);
        }
    }

    private void oneLess(Alternative alternative) {
        if (--alternative.missing == 0) {
            add(alternative.rule);
        }
    }

    private void add(int rule) {
        if (!empty.get(rule)) {
            empty.set(rule);
            found.add(rule);
        }
    }
}
