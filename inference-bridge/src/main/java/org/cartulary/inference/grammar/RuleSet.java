package org.cartulary.inference.grammar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cartulary.inference.grammar.Symbol.*;
import org.jspecify.annotations.Nullable;

/** The rules of a grammar while it is made. One thread. */
final class RuleSet {
    /** Longest grammar, in characters: what the engine takes. */
    static final int MAX_LENGTH = 65_536;

    /** Most rules. */
    static final int MAX_RULES = 4_000;

    static final String ROOT = "root";

    private final Map<String, Symbol> rules = new LinkedHashMap<>();
    private int count;

    /** A name that no other rule has. */
    String reserve() {
        if (++count > MAX_RULES) {
            throw SchemaRefused.tooLarge("its grammar has more than " + MAX_RULES + " rules");
        }
        return "r" + count;
    }

    Symbol define(String name, Symbol symbol) {
        rules.put(name, symbol);
        return new Reference(name);
    }

    /** A rule of its own, so that what repeats is one symbol. */
    Symbol named(Symbol symbol) {
        return symbol instanceof Reference || symbol instanceof OneOf ? symbol : define(reserve(), symbol);
    }

    @Nullable
    Symbol get(String name) {
        return rules.get(name);
    }

    /** The names of rules from which no text can ever come, because they need themselves. */
    Set<String> endless() {
        Set<String> ending = new HashSet<>();
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Map.Entry<String, Symbol> rule : rules.entrySet()) {
                changed |=
                        !ending.contains(rule.getKey()) && ends(rule.getValue(), ending) && ending.add(rule.getKey());
            }
        }
        return rules.keySet().stream().filter(name -> !ending.contains(name)).collect(Collectors.toSet());
    }

    private static boolean ends(Symbol symbol, Set<String> ending) {
        return switch (symbol) {
            case Literal _, OneOf _ -> true;
            case Reference reference -> ending.contains(reference.rule());
            case Sequence sequence -> sequence.parts().stream().allMatch(part -> ends(part, ending));
            case Choice choice -> choice.options().stream().anyMatch(part -> ends(part, ending));
            case Repeat repeat -> repeat.least() == 0 || ends(repeat.part(), ending);
        };
    }

    /** Takes out what can never come to an end, so that no model walks into it. */
    void prune(Set<String> endless) {
        rules.keySet().removeAll(endless);
        rules.replaceAll((_, symbol) -> pruned(symbol, endless));
    }

    private static Symbol pruned(Symbol symbol, Set<String> endless) {
        return switch (symbol) {
            case Choice choice ->
                new Choice(choice.options().stream()
                        .filter(option -> !isEndless(option, endless))
                        .map(option -> pruned(option, endless))
                        .toList());
            case Sequence sequence ->
                new Sequence(sequence.parts().stream()
                        .map(part -> pruned(part, endless))
                        .toList());
            case Repeat repeat ->
                isEndless(repeat.part(), endless)
                        ? Symbol.NOTHING
                        : new Repeat(pruned(repeat.part(), endless), repeat.least(), repeat.most());
            default -> symbol;
        };
    }

    private static boolean isEndless(Symbol symbol, Set<String> endless) {
        return switch (symbol) {
            case Literal _, OneOf _ -> false;
            case Reference reference -> endless.contains(reference.rule());
            case Sequence sequence -> sequence.parts().stream().anyMatch(part -> isEndless(part, endless));
            case Choice choice -> choice.options().stream().allMatch(part -> isEndless(part, endless));
            case Repeat repeat -> repeat.least() > 0 && isEndless(repeat.part(), endless);
        };
    }

    /** Whether some rule comes back to itself before any character: {@link Gbnf} refuses that. */
    boolean isLeftRecursive() {
        Map<String, Boolean> done = new HashMap<>();
        return rules.keySet().stream().anyMatch(name -> circles(name, done));
    }

    private boolean circles(String name, Map<String, Boolean> done) {
        Boolean state = done.putIfAbsent(name, false);
        if (state != null) {
            return !state;
        }
        Symbol symbol = rules.get(name);
        boolean found = symbol != null && firsts(symbol).stream().anyMatch(first -> circles(first, done));
        done.put(name, true);
        return found;
    }

    private List<String> firsts(Symbol symbol) {
        return switch (symbol) {
            case Literal _, OneOf _ -> List.of();
            case Reference reference -> List.of(reference.rule());
            case Choice choice ->
                choice.options().stream()
                        .flatMap(option -> firsts(option).stream())
                        .toList();
            case Repeat repeat -> firsts(repeat.part());
            case Sequence sequence -> {
                List<String> firsts = new ArrayList<>();
                for (Symbol part : sequence.parts()) {
                    firsts.addAll(firsts(part));
                    if (!mayBeEmpty(part, 0)) {
                        break;
                    }
                }
                yield firsts;
            }
        };
    }

    private boolean mayBeEmpty(Symbol symbol, int depth) {
        return switch (symbol) {
            case Literal _, OneOf _ -> false;
            case Reference reference -> {
                Symbol rule = rules.get(reference.rule());
                yield depth < 32 && rule != null && mayBeEmpty(rule, depth + 1);
            }
            case Choice choice -> choice.options().stream().anyMatch(option -> mayBeEmpty(option, depth + 1));
            case Sequence sequence -> sequence.parts().stream().allMatch(part -> mayBeEmpty(part, depth + 1));
            case Repeat repeat -> repeat.least() == 0 || mayBeEmpty(repeat.part(), depth + 1);
        };
    }

    /** The grammar as text. */
    String text() {
        StringBuilder out = new StringBuilder();
        for (Map.Entry<String, Symbol> rule : rules.entrySet()) {
            out.append(rule.getKey()).append(" ::= ");
            write(rule.getValue(), out, false);
            out.append('\n');
            if (out.length() > MAX_LENGTH) {
                throw SchemaRefused.tooLarge("its grammar has more than " + MAX_LENGTH + " characters");
            }
        }
        return out.toString();
    }

    private static void write(Symbol symbol, StringBuilder out, boolean grouped) {
        switch (symbol) {
            case Literal literal ->
                out.append('"').append(escaped(literal.text())).append('"');
            case OneOf set -> out.append('[').append(set.set()).append(']');
            case Reference reference -> out.append(reference.rule());
            case Sequence sequence -> group(sequence.parts(), " ", out, grouped);
            case Choice choice -> group(choice.options(), " | ", out, grouped);
            case Repeat repeat -> {
                write(repeat.part(), out, true);
                out.append(times(repeat));
            }
        }
    }

    private static void group(List<Symbol> parts, String between, StringBuilder out, boolean grouped) {
        boolean brackets = grouped && parts.size() != 1;
        out.append(brackets ? "(" : "");
        for (int i = 0; i < parts.size(); i++) {
            out.append(i > 0 ? between : "");
            write(parts.get(i), out, grouped || parts.size() > 1);
        }
        out.append(parts.isEmpty() ? "\"\"" : "").append(brackets ? ")" : "");
    }

    private static String times(Repeat repeat) {
        Integer most = repeat.most();
        if (most == null) {
            return repeat.least() == 0 ? "*" : repeat.least() == 1 ? "+" : "{" + repeat.least() + ",}";
        }
        return repeat.least() == 0 && most == 1 ? "?" : "{" + repeat.least() + "," + most + "}";
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"', '\\' -> out.append('\\').append((char) c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append("\\x%02X".formatted(c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.toString();
    }
}
