package org.cartulary.retrieval.context;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The sources that a model gets.
 *
 * @param leftOut what did not fit, in order of rank
 * @param budgetTokens for all sources with their headings
 * @param tokens at most, of all sources as rendered; never above the budget
 */
public record Context(List<Source> sources, List<LeftOut> leftOut, int tokens, int budgetTokens) {
    public Context {
        sources = List.copyOf(sources);
        leftOut = List.copyOf(leftOut);
    }

    /** All sources as a prompt shows them, in order of their numbers. */
    public String rendered() {
        return sources.stream().map(Source::rendered).collect(Collectors.joining("\n"));
    }
}
