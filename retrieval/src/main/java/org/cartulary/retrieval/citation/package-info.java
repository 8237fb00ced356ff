/**
 * Whether each sentence of an answer matches a source. "Supported" means that it matches, not that it is right. Not here:
 * what is done with sentences that do not.
 */
@NullMarked
package org.cartulary.retrieval.citation;

import org.jspecify.annotations.NullMarked;
