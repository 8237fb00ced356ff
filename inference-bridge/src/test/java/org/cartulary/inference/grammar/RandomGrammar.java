package org.cartulary.inference.grammar;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Small grammars at random, none of them left-recursive: an alternative begins with a character, or with a rule that comes
 * later. Either some parts may be empty, or groups and rules are repeated: llama.cpp does not take both at once.
 */
public final class RandomGrammar {
    private static final String[] TERMINALS = {
        "\"a\"",
        "\"ab\"",
        "\"yes\"",
        "\"n\"",
        "[a-c]",
        "[^a]",
        "[^a-y]",
        ".",
        "\"é\"",
        "[α-ω]",
        "[\\x20-\\x7e]",
        "\"€\"",
        "[à-ü]",
        "\" the\""
    };
    private static final String[] REPETITIONS = {"*", "+", "?", "{2}", "{1,3}", "{0,2}", "{1,}"};
    private static final int RULES = 4;

    private final Random random;
    private final boolean mayBeEmpty;

    private RandomGrammar(Random random) {
        this.random = random;
        this.mayBeEmpty = random.nextBoolean();
    }

    public static String of(Random random) {
        RandomGrammar making = new RandomGrammar(random);
        return IntStream.range(0, RULES)
                .mapToObj(rule -> name(rule) + " ::= " + making.alternatives(rule, 2))
                .collect(Collectors.joining("\n"));
    }

    private static String name(int rule) {
        return rule == 0 ? "root" : "r" + rule;
    }

    private String alternatives(int rule, int depth) {
        String some = IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(_ -> sequence(rule, depth))
                .collect(Collectors.joining(" | "));
        // First, because a line goes on after a bar.
        return mayBeEmpty && random.nextInt(3) == 0 ? "| " + some : some;
    }

    private String sequence(int rule, int depth) {
        StringBuilder out = new StringBuilder(first(rule));
        for (int i = random.nextInt(3); i > 0; i--) {
            String part = part(rule, depth);
            boolean repeated = random.nextInt(3) == 0 && !(mayBeEmpty && canBeEmpty(part));
            out.append(' ').append(part).append(repeated ? REPETITIONS[random.nextInt(REPETITIONS.length)] : "");
        }
        return out.toString();
    }

    private static boolean canBeEmpty(String part) {
        return part.startsWith("r") || part.startsWith("(");
    }

    private String first(int rule) {
        return !mayBeEmpty && random.nextInt(3) == 0 ? later(rule) : terminal();
    }

    private String later(int rule) {
        return rule < RULES - 1 ? name(rule + 1 + random.nextInt(RULES - 1 - rule)) : terminal();
    }

    private String part(int rule, int depth) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(4) == 0 ? name(random.nextInt(RULES)) : later(rule);
            case 1 -> depth > 0 ? "(" + alternatives(rule, depth - 1) + ")" : terminal();
            default -> terminal();
        };
    }

    private String terminal() {
        return TERMINALS[random.nextInt(TERMINALS.length)];
    }
}
