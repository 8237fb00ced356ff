package org.cartulary.inference.grammar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.cartulary.inference.grammar.CodePoints.Range;
import org.cartulary.inference.grammar.Element.Kind;

/**
 * Reads a grammar as llama.cpp does: see {@code llama-grammar.cpp}. A group, and what is repeated and has more than one
 * part, becomes a rule of its own, which has the name of the rule around it. One thread, one grammar.
 */
final class GbnfParser {
    private static final int NOTHING_YET = -1;

    /** What a rule may be replaced by, and where its name was first written. */
    private static final class Draft {
        private final String name;
        private final int firstNamed;
        private List<List<Element>> alternatives = List.of();

        Draft(String name, int firstNamed) {
            this.name = name;
            this.firstNamed = firstNamed;
        }
    }

    private final GbnfText text;
    private final Function<String, OptionalInt> tokens;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Draft> drafts = new ArrayList<>();
    private final Map<CodePoints, Integer> sets = new HashMap<>();

    /** @param tokens the id of the token that a name between angle brackets stands for */
    GbnfParser(String source, Function<String, OptionalInt> tokens) {
        this.text = new GbnfText(source);
        this.tokens = tokens;
    }

    RuleTable parse() {
        text.blanks(true);
        while (text.peek() != GbnfText.END) {
            rule();
        }
        Integer root = numbers.get(Gbnf.ROOT);
        if (root == null) {
            throw GrammarRefused.because("has no rule \"" + Gbnf.ROOT + "\"");
        }
        drafts.forEach(this::requireDefined);
        List<CodePoints> inOrder = new ArrayList<>();
        sets.entrySet().stream().sorted(Map.Entry.comparingByValue()).forEach(set -> inOrder.add(set.getKey()));
        return RuleTable.of(
                drafts.stream().map(draft -> draft.name).toList(),
                drafts.stream().map(draft -> draft.alternatives).toList(),
                root,
                new CharacterClasses(inOrder));
    }

    private void requireDefined(Draft draft) {
        if (draft.alternatives.isEmpty()) {
            throw GrammarRefused.because("names the rule " + GrammarRefused.quoted(draft.name) + " "
                    + text.place(draft.firstNamed) + " and defines it nowhere");
        }
    }

    private void rule() {
        int start = text.position();
        String name = text.name();
        text.blanks(false);
        text.require("::=");
        text.blanks(true);
        int number = numbers.computeIfAbsent(name, unknown -> reserve(unknown, start));
        // The last definition holds where there are several, as in llama.cpp.
        drafts.get(number).alternatives = alternatives(name, 0);
        text.lineEnd();
        text.blanks(true);
    }

    private int reserve(String name, int firstNamed) {
        drafts.add(new Draft(name, firstNamed));
        return drafts.size() - 1;
    }

    private List<List<Element>> alternatives(String rule, int depth) {
        List<List<Element>> alternatives = new ArrayList<>();
        alternatives.add(sequence(rule, depth));
        while (text.took("|")) {
            text.blanks(true);
            alternatives.add(sequence(rule, depth));
        }
        return alternatives;
    }

    /** Ends of lines mean nothing within a group. */
    private List<Element> sequence(String rule, int depth) {
        List<Element> elements = new ArrayList<>();
        int last = NOTHING_YET;
        boolean more = true;
        while (more) {
            int size = elements.size();
            if (item(elements, rule, depth)) {
                last = size;
            } else {
                more = repetition(elements, last, rule, depth);
            }
            if (more) {
                text.blanks(depth > 0);
            }
        }
        return List.copyOf(elements);
    }

    private boolean item(List<Element> elements, String rule, int depth) {
        int start = text.position();
        if (text.took("\"")) {
            literal(elements);
        } else if (text.took("[")) {
            characterClass(elements);
        } else if (text.took(".")) {
            elements.add(characters(CodePoints.ALL));
        } else if (text.took("(")) {
            elements.add(group(rule, depth + 1));
        } else if (text.took("!")) {
            elements.add(Element.once(Kind.OTHER_TOKEN, token()));
        } else if (text.peek() == '<') {
            elements.add(Element.once(Kind.TOKEN, token()));
        } else if (text.atName()) {
            elements.add(
                    Element.once(Kind.RULE, numbers.computeIfAbsent(text.name(), unknown -> reserve(unknown, start))));
        } else {
            return false;
        }
        return true;
    }

    private void literal(List<Element> elements) {
        while (!text.took("\"")) {
            elements.add(characters(CodePoints.only(text.character())));
        }
    }

    /** An empty class is nothing, negated or not, as in llama.cpp. */
    private void characterClass(List<Element> elements) {
        boolean negated = text.took("^");
        List<Range> ranges = new ArrayList<>();
        while (!text.took("]")) {
            int first = text.character();
            ranges.add(new Range(first, text.tookRange() ? text.character() : first));
        }
        if (!ranges.isEmpty()) {
            CodePoints named = CodePoints.of(ranges);
            elements.add(characters(negated ? named.others() : named));
        }
    }

    private Element characters(CodePoints set) {
        return Element.once(Kind.CHARACTERS, sets.computeIfAbsent(set, _ -> sets.size()));
    }

    private Element group(String rule, int depth) {
        if (depth > Gbnf.MAX_DEPTH) {
            throw text.expected("at most " + Gbnf.MAX_DEPTH + " parentheses within each other");
        }
        text.blanks(true);
        int number = reserve(rule, text.position());
        drafts.get(number).alternatives = alternatives(rule, depth);
        text.require(")");
        return Element.once(Kind.RULE, number);
    }

    private int token() {
        text.require("<");
        if (text.took("[")) {
            int id = text.number();
            text.require("]");
            text.require(">");
            return id;
        }
        OptionalInt id = tokens.apply("<" + text.upTo('>'));
        return id.orElseThrow(() -> text.expected("before this the name of one token of this model"));
    }

    private boolean repetition(List<Element> elements, int last, String rule, int depth) {
        int sign = text.peek();
        if (sign != '*' && sign != '+' && sign != '?' && sign != '{') {
            return false;
        }
        if (last == NOTHING_YET) {
            throw text.expected("something that can be repeated before this");
        }
        if (text.took("*")) {
            repeat(elements, last, rule, 0, Element.UNBOUNDED);
        } else if (text.took("+")) {
            repeat(elements, last, rule, 1, Element.UNBOUNDED);
        } else if (text.took("?")) {
            repeat(elements, last, rule, 0, 1);
        } else {
            text.require("{");
            counted(elements, last, rule, depth > 0);
        }
        return true;
    }

    private void counted(List<Element> elements, int last, String rule, boolean lines) {
        text.blanks(lines);
        int least = count();
        int most = least;
        text.blanks(lines);
        if (text.took(",")) {
            text.blanks(lines);
            most = text.atNumber() ? count() : Element.UNBOUNDED;
            text.blanks(lines);
        }
        if (most < least) {
            throw text.expected("before this a second number that is not below the first");
        }
        text.require("}");
        repeat(elements, last, rule, least, most);
    }

    private int count() {
        int count = text.number();
        if (count > Gbnf.MAX_REPETITIONS) {
            throw text.expected("before this a number up to " + Gbnf.MAX_REPETITIONS);
        }
        return count;
    }

    /** Repeats what was read last, repetitions of it included: {@code "ab"+*} repeats {@code "ab"+}. */
    private void repeat(List<Element> elements, int last, String rule, int least, int most) {
        List<Element> repeated = elements.subList(last, elements.size());
        if (repeated.isEmpty()) {
            return;
        }
        Element one = repeated.getFirst();
        if (repeated.size() > 1 || !one.isOnce()) {
            int number = reserve(rule, text.position());
            drafts.get(number).alternatives = List.of(List.copyOf(repeated));
            one = Element.once(Kind.RULE, number);
        }
        repeated.clear();
        if (most > 0) {
            elements.add(one.times(least, most));
        }
    }
}
