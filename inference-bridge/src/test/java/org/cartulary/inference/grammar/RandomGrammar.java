package org.cartulary.inference.grammar;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Small grammars at random. Each alternative begins with a character, so that no rule is left-recursive, and none
 * empty, whose repetition llama.cpp refuses in part.
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

    private RandomGrammar(Random random) {
        this.random = random;
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
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(_ -> sequence(rule, depth))
                .collect(Collectors.joining(" | "));
    }

    private String sequence(int rule, int depth) {
        StringBuilder out = new StringBuilder(terminal());
        for (int i = random.nextInt(3); i > 0; i--) {
            out.append(' ').append(part(rule, depth));
            if (random.nextInt(3) == 0) {
                out.append(REPETITIONS[random.nextInt(REPETITIONS.length)]);
            }
        }
        return out.toString();
    }

    private String part(int rule, int depth) {
        return switch (random.nextInt(4)) {
            case 0 -> name(random.nextInt(RULES));
            case 1 -> depth > 0 ? "(" + alternatives(rule, depth - 1) + ")" : terminal();
            default -> terminal();
        };
    }

    private String terminal() {
        return TERMINALS[random.nextInt(TERMINALS.length)];
    }
}
