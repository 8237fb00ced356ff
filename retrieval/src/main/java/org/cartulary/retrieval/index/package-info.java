/**
 * Generations that are open: which one searches and writers use now, and how they come to another. Not here: how one is made,
 * and what its two halves find.
 */
@NullMarked
package org.cartulary.retrieval.index;

import org.jspecify.annotations.NullMarked;
