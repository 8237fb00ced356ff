package org.cartulary.inference.grammar;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The rules of a grammar, by number, their elements in one row with {@link Element#END} after each alternative.
 * Immutable once made.
 *
 * <p>Rules have ranks: each stands before those that it may begin with. There is such an order because no rule comes
 * back to itself before any character.
 */
final class RuleTable {
    private final List<String> names;
    private final Element[] elements;

    /** For each rule the places where its alternatives begin. */
    private final int[][] alternatives;

    private final int root;
    private final CharacterClasses classes;
    private final BitSet mayBeEmpty;
    private final int[] byRank;
    private final int[] ranks;

    private RuleTable(
            List<String> names, Element[] elements, int[][] alternatives, int root, CharacterClasses classes) {
        this.names = names;
        this.elements = elements;
        this.alternatives = alternatives;
        this.root = root;
        this.classes = classes;
        this.mayBeEmpty = EmptyRules.of(this);
        this.byRank = new RuleOrder(this).byRank();
        this.ranks = new int[byRank.length];
        for (int rank = 0; rank < byRank.length; rank++) {
            ranks[byRank[rank]] = rank;
        }
    }

    /**
     * @param alternatives the elements of each alternative of each rule
     * @throws org.cartulary.inference.InferenceRefused when a rule comes back to itself before any character
     */
    static RuleTable of(
            List<String> names, List<List<List<Element>>> alternatives, int root, CharacterClasses classes) {
        List<Element> row = new ArrayList<>();
        int[][] starts = new int[alternatives.size()][];
        for (int rule = 0; rule < starts.length; rule++) {
            List<List<Element>> options = alternatives.get(rule);
            starts[rule] = new int[options.size()];
            for (int i = 0; i < options.size(); i++) {
                starts[rule][i] = row.size();
                row.addAll(options.get(i));
                row.add(Element.END);
            }
        }
        return new RuleTable(names, row.toArray(Element[]::new), starts, root, classes);
    }

    int count() {
        return alternatives.length;
    }

    String name(int rule) {
        return names.get(rule);
    }

    int root() {
        return root;
    }

    CharacterClasses classes() {
        return classes;
    }

    Element element(int at) {
        return elements[at];
    }

    int[] alternatives(int rule) {
        return alternatives[rule];
    }

    boolean mayBeEmpty(int rule) {
        return mayBeEmpty.get(rule);
    }

    /** Whether what follows an element may come after it was there this often. */
    boolean mayPass(Element element, int count) {
        return count >= element.least() || (element.isRule() && mayBeEmpty(element.value()));
    }

    int rank(int rule) {
        return ranks[rule];
    }

    int atRank(int rank) {
        return byRank[rank];
    }
}
