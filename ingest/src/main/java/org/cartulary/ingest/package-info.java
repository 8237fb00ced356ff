/**
 * From a file to passages: sources, parsing, chunking, jobs. Not here: indexes and search, which retrieval owns.
 */
@NullMarked
package org.cartulary.ingest;

import org.jspecify.annotations.NullMarked;
