/**
 * Index generations in their life: begun beside the one that is searched, filled while that one answers, switched to, back,
 * and dropped. Not here: how a document is cut again, which ingest knows, and what runs an embedder.
 */
@NullMarked
package org.cartulary.retrieval.building;

import org.jspecify.annotations.NullMarked;
