/**
 * From a parser's XHTML to blocks in reading order: headings, paragraphs, list items and table rows, each with its page.
 * Here live the repairs that a format calls for (lines joined to paragraphs, headers that repeat on every page left out,
 * rows that read alone). Not here: how blocks become passages ({@code chunk}).
 */
@NullMarked
package org.cartulary.ingest.structure;

import org.jspecify.annotations.NullMarked;
