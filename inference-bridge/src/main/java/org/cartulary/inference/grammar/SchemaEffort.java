package org.cartulary.inference.grammar;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How much work one schema may still cause: a reference beside other keywords is read again wherever it stands, so a
 * short schema can ask for more than any machine can do. Counts instead of clocks, so that a schema is refused on every
 * machine or on none. One thread.
 */
final class SchemaEffort {
    /** Most schemas that are read, each as often as a path leads to it. */
    static final int MAX_VISITS = 20_000;

    /** Most steps: one for each node copied or compared, and one for 16 characters in it. */
    static final int MAX_STEPS = 2_000_000;

    private static final int CHARACTERS_A_STEP = 16;

    private int visits;
    private int steps;

    void visit() {
        if (++visits > MAX_VISITS) {
            throw SchemaRefused.tooLarge(
                    "it takes more than " + MAX_VISITS + " visits of its parts; refer to fewer from several places");
        }
    }

    /** Pays for a walk over all of a node before it is made. */
    void walk(JsonNode node) {
        spend(1 + (node.isTextual() ? node.textValue().length() / CHARACTERS_A_STEP : 0));
        node.forEach(this::walk);
    }

    void spend(int more) {
        steps += more;
        if (steps > MAX_STEPS) {
            throw SchemaRefused.tooLarge("putting its parts together takes more than " + MAX_STEPS + " steps");
        }
    }
}
