package org.cartulary.inference.grammar;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.stream.IntStream;

/** Puts each rule before those that it may begin with; visits each of these steps once, and does not recurse. */
final class RuleOrder {
    private enum Visit {
        NONE,
        BEGUN,
        DONE
    }

    private record Open(int rule, Iterator<Integer> firsts) {}

    private final RuleTable rules;
    private final Visit[] visits;
    private final int[] byRank;
    private int unranked;

    RuleOrder(RuleTable rules) {
        this.rules = rules;
        this.visits = new Visit[rules.count()];
        this.byRank = new int[rules.count()];
        this.unranked = rules.count();
        Arrays.fill(visits, Visit.NONE);
    }

    /** @throws org.cartulary.inference.InferenceRefused when a rule comes back to itself before any character */
    int[] byRank() {
        for (int rule = 0; rule < visits.length; rule++) {
            if (visits[rule] == Visit.NONE) {
                visit(rule);
            }
        }
        return byRank;
    }

    private void visit(int start) {
        Deque<Open> open = new ArrayDeque<>();
        open.push(begun(start));
        while (!open.isEmpty()) {
            Open top = open.element();
            if (!top.firsts().hasNext()) {
                open.pop();
                visits[top.rule()] = Visit.DONE;
                byRank[--unranked] = top.rule();
                continue;
            }
            int next = top.firsts().next();
            if (visits[next] == Visit.BEGUN) {
                throw GrammarRefused.because("has a rule that comes back to itself before any character: "
                        + GrammarRefused.quoted(rules.name(next)));
            }
            if (visits[next] == Visit.NONE) {
                open.push(begun(next));
            }
        }
    }

    private Open begun(int rule) {
        visits[rule] = Visit.BEGUN;
        return new Open(
                rule,
                IntStream.of(rules.alternatives(rule)).flatMap(this::firsts).iterator());
    }

    /** The rules that an alternative may begin with. */
    private IntStream firsts(int start) {
        IntStream.Builder firsts = IntStream.builder();
        int at = start;
        while (rules.element(at).isRule() || rules.element(at).least() == 0) {
            Element element = rules.element(at);
            if (element.isRule()) {
                firsts.add(element.value());
            }
            if (element.isEnd() || !rules.mayPass(element, 0)) {
                break;
            }
            at++;
        }
        return firsts.build();
    }
}
