/**
 * What a question says beside its words: identifiers, documents and years that it names, quoted phrases, its language, and
 * other words that a collection has for some of its own. All of it is found by rule, under the reader's rights, and told.
 * Not here: any model, and the search itself.
 */
@NullMarked
package org.cartulary.retrieval.understanding;

import org.jspecify.annotations.NullMarked;
