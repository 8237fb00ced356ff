/**
 * Sentences that stand in the passages, found and chosen as an answer: verbatim, so that no model can invent. Not here:
 * whether they carry an answer at all.
 */
@NullMarked
package org.cartulary.retrieval.quote;

import org.jspecify.annotations.NullMarked;
