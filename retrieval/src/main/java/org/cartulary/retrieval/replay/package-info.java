/**
 * Recorded searches, made again on the index that they were made on, and how far they come out the same. Not here: the
 * records themselves, which the evidence log keeps.
 */
@NullMarked
package org.cartulary.retrieval.replay;

import org.jspecify.annotations.NullMarked;
