/**
 * From a file to passages: the one way in. {@link org.cartulary.ingest.Ingest} takes files, queues them durably in PostgreSQL
 * (schema {@code ingest}) and works through the queue; a kill at any point leaves each file either waiting or done, never
 * twice. Not here: how a file is read ({@code parse}, {@code structure}) or cut ({@code chunk}), nor indexes and search,
 * which retrieval owns.
 */
@NullMarked
package org.cartulary.ingest;

import org.jspecify.annotations.NullMarked;
