/**
 * Cuts a structured document into passages, the units that are embedded, found and quoted. Not here: what blocks are
 * ({@code structure}), or how passages are stored and searched, which retrieval owns.
 */
@NullMarked
package org.cartulary.ingest.chunk;

import org.jspecify.annotations.NullMarked;
