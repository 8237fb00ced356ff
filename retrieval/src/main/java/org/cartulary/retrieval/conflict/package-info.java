/**
 * Documents in force that say different things about what was asked. Not here: which of them is right, which nobody but the
 * house can say.
 */
@NullMarked
package org.cartulary.retrieval.conflict;

import org.jspecify.annotations.NullMarked;
