/**
 * Abbreviations and other words for the same, kept by the curators of a collection and looked up when a question is asked.
 * Not here: how they are searched for.
 */
@NullMarked
package org.cartulary.retrieval.synonym;

import org.jspecify.annotations.NullMarked;
