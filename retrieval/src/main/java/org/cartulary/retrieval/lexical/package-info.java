/**
 * Passages by words: a Lucene index that follows PostgreSQL change by change and can always be made again from it. Not
 * here: any truth of its own. What Lucene says is looked up in PostgreSQL before anyone sees it.
 */
@NullMarked
package org.cartulary.retrieval.lexical;

import org.jspecify.annotations.NullMarked;
