package org.cartulary.appliance.asking;

import java.util.List;

/**
 * Whoever watches an answer being made. Called by one thread, in this order: accepted, sources, deltas; what comes as delta
 * is provisional until the answer is final.
 */
public interface AnswerListener {
    /** The question is on record. */
    default void accepted(long number) {}

    /** What the answer may rest on; the entry {@code retrieved} is durable. */
    default void sources(List<Answer.Citation> sources) {}

    /** A piece of provisional text. */
    default void delta(String text) {}
}
