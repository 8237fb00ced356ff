package org.cartulary.inference.grammar;

import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;

/** Refusals of grammars. They hold no text of a grammar, which may name patients, except names of rules. */
final class GrammarRefused {
    private static final int LONGEST_NAME = 64;

    private GrammarRefused() {}

    static InferenceRefused because(String why) {
        return new InferenceRefused(new Refusal.BadRequest("The grammar " + why + "."));
    }

    static InferenceRefused tooManyWays() {
        return because("can be read in too many ways at once: make its alternatives differ earlier");
    }

    /** A rule's name as it stands in a refusal. */
    static String quoted(String name) {
        return "\"" + (name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name) + "\"";
    }
}
