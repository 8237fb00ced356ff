package org.cartulary.retrieval.conflict;

import org.cartulary.retrieval.search.Hit;

/**
 * A sentence of a document.
 *
 * @param text verbatim
 * @param start offset in the document's normalised text, in UTF-16 units
 * @param end offset behind it
 */
public record Statement(Hit hit, String text, int start, int end) {}
