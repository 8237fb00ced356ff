/**
 * Which documents count for a question: whether they are in force on a day, their site, their fields and dates. Not here: who
 * may read them, which compliance says, and how the indexes keep to both.
 */
@NullMarked
package org.cartulary.retrieval.scope;

import org.jspecify.annotations.NullMarked;
