/**
 * Numbers and their units as they stand in text, so that an answer's doses, fees and dates can be held against a
 * source. Not here: arithmetic, and conversion between units.
 */
@NullMarked
package org.cartulary.retrieval.quantity;

import org.jspecify.annotations.NullMarked;
