/**
 * The one form in which text is stored, cut, embedded and quoted. Not here: where paragraphs begin ({@code structure}) or
 * what a search analyser does with words.
 */
@NullMarked
package org.cartulary.ingest.text;

import org.jspecify.annotations.NullMarked;
