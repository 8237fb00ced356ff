/**
 * Names that are spelled by rule, such as drug codes, file numbers and paragraphs: found in texts and brought to one
 * spelling. Not here: what they name.
 */
@NullMarked
package org.cartulary.retrieval.identifier;

import org.jspecify.annotations.NullMarked;
