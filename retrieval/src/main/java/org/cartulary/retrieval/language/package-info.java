/**
 * In which language a text is written, as far as that can be told. Not here: what is made of its words, which the lexical
 * index says.
 */
@NullMarked
package org.cartulary.retrieval.language;

import org.jspecify.annotations.NullMarked;
