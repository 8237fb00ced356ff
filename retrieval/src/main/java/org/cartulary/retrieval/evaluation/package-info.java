/**
 * How well search finds what questions with known answers want, on any set in BEIR's layout, by the product's own way
 * in and its own search. Not here: scoring of answers.
 */
@NullMarked
package org.cartulary.retrieval.evaluation;

import org.jspecify.annotations.NullMarked;
