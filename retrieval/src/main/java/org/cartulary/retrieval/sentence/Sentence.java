package org.cartulary.retrieval.sentence;

/**
 * A sentence, list item, heading or table row, verbatim, without white space around it.
 *
 * @param start offset in the text that was split, in UTF-16 units
 * @param end offset behind it
 */
public record Sentence(String text, int start, int end) {}
