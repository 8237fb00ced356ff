package org.cartulary.retrieval.context;

import java.util.List;

/** Counts tokens as the chat model does; {@code generator::countTokens} is one. */
@FunctionalInterface
public interface TokenCounter {
    /** Tokens of each text, in order; one call for many texts. */
    List<Integer> count(List<String> texts);
}
