package org.cartulary.retrieval.quote;

import org.cartulary.retrieval.search.Hit;

/**
 * A chosen sentence.
 *
 * @param source number of its source, from 1; sentences of the same passage share it
 * @param hit the passage
 * @param text verbatim
 * @param start offset in the document's normalised text, in UTF-16 units
 * @param end offset behind it
 */
public record Quote(int source, Hit hit, String text, int start, int end) {}
