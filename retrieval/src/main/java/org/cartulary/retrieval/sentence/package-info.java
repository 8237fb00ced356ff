/**
 * Sentences of real documents: abbreviations, decimals, lists and table rows. Everything that quotes, cuts or checks
 * text does so by these. Not here: what a sentence means.
 */
@NullMarked
package org.cartulary.retrieval.sentence;

import org.jspecify.annotations.NullMarked;
